package org.contexture.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.beam.sdk.coders.CustomCoder;

/**
 * Passes serializable objects between tasks. Unlike Beam's own, it finds their classes where the
 * class of the objects is: on a cluster that is the job, which Beam, loaded before it, cannot see.
 *
 * @param <T> the class of the objects
 */
public final class SerializedCoder<T extends Serializable> extends CustomCoder<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;

  private SerializedCoder(Class<T> type) {
    this.type = type;
  }

  /** Of the objects of a class. */
  public static <T extends Serializable> SerializedCoder<T> of(Class<T> type) {
    return new SerializedCoder<>(type);
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    ObjectOutputStream objects = new ObjectOutputStream(out);
    objects.writeObject(value);
    objects.flush();
  }

  @Override
  public T decode(InputStream in) throws IOException {
    try {
      return type.cast(new Objects(in, type.getClassLoader()).readObject());
    } catch (ClassNotFoundException unknown) {
      throw new IOException(unknown);
    }
  }

  private static final class Objects extends ObjectInputStream {
    private final ClassLoader loader;

    Objects(InputStream in, ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      return Class.forName(description.getName(), false, loader);
    }
  }
}
