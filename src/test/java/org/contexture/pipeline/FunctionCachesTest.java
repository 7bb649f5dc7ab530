package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.junit.jupiter.api.Test;

/** A class loader of its own for a function, as a job on a cluster has one. */
class FunctionCachesTest {
  private static final int COLLECTIONS = 3;

  @Test
  void classesOfAJobCanBeUnloadedOnlyAfterBeamHasForgottenThem() throws Exception {
    WeakReference<ClassLoader> job = new WeakReference<>(usedInAJob());

    collect(job);
    assertThat(job.get()).isNotNull();

    FunctionCaches.forgetOtherLoaders();
    collect(job);
    assertThat(job.get()).isNull();
  }

  private static ClassLoader usedInAJob() throws Exception {
    ClassLoader loader = new JobLoader();
    Object function =
        loader.loadClass(FunctionOfAJob.class.getName()).getDeclaredConstructor().newInstance();
    assertThat(function).isNotInstanceOf(FunctionOfAJob.class);
    DoFnInvokers.invokerFor((DoFn<?, ?>) function).invokeTeardown();
    return loader;
  }

  private static void collect(WeakReference<?> reference) {
    for (int i = 0; i < COLLECTIONS && reference.get() != null; i++) {
      System.gc();
    }
  }

  private static final class JobLoader extends ClassLoader {
    JobLoader() {
      super(FunctionCachesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(FunctionOfAJob.class.getName())) {
        return super.loadClass(name, resolve);
      }
      String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
      try (InputStream in = FunctionOfAJob.class.getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }
}
