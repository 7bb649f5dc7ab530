package org.contexture.pipeline;

import java.lang.reflect.Field;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * What Beam remembers of each {@link DoFn}, by its class and for as long as Beam itself is loaded.
 * On a cluster that is longer than a job, whose classes could never be unloaded; Beam 2.70 has no
 * other way to make it forget them.
 */
final class FunctionCaches {
  private static final String PACKAGE = "org.apache.beam.sdk.transforms.reflect.";

  private FunctionCaches() {}

  /**
   * Forgets the functions whose classes do not live as long as Beam, those of other jobs too: what
   * is still needed is found out again.
   */
  static void forgetOtherLoaders() {
    forgetOtherLoaders(DoFn.class.getClassLoader());
  }

  /** Forgets the functions whose classes are not of one class loader. */
  static void forgetOtherLoaders(ClassLoader kept) {
    try {
      Object invokers = field("ByteBuddyDoFnInvokerFactory", "INSTANCE").get(null);
      forget(
          field("ByteBuddyDoFnInvokerFactory", "byteBuddyInvokerConstructorCache").get(invokers),
          kept);
      forget(field("DoFnSignatures", "signatureCache").get(null), kept);
    } catch (ReflectiveOperationException otherVersion) {
      throw new IllegalStateException(
          "this version of Beam keeps its functions elsewhere", otherVersion);
    }
  }

  private static Field field(String owner, String name) throws ReflectiveOperationException {
    Field field = Class.forName(PACKAGE + owner).getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static void forget(Object cache, ClassLoader kept) {
    ((Map<?, ?>) cache)
        .keySet()
        .removeIf(function -> ((Class<?>) function).getClassLoader() != kept);
  }
}
