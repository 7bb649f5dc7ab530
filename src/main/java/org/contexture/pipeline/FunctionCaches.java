package org.contexture.pipeline;

import java.lang.reflect.Field;
import java.util.Map;

/**
 * What Beam remembers of each {@link org.apache.beam.sdk.transforms.DoFn}, by its class and for as
 * long as Beam itself is loaded. On a cluster that is longer than a job, whose classes could never
 * be unloaded; Beam 2.70 has no other way to make it forget them.
 */
final class FunctionCaches {
  private static final String PACKAGE = "org.apache.beam.sdk.transforms.reflect.";

  private FunctionCaches() {}

  /**
   * Forgets the functions of jobs that are over. A job that is not over, or is being tried again,
   * still needs what is remembered: Beam could not define it a second time.
   */
  static void forgetEndedJobs() {
    try {
      Object invokers = field("ByteBuddyDoFnInvokerFactory", "INSTANCE").get(null);
      forgetEndedJobs(
          field("ByteBuddyDoFnInvokerFactory", "byteBuddyInvokerConstructorCache").get(invokers));
      forgetEndedJobs(field("DoFnSignatures", "signatureCache").get(null));
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

  private static void forgetEndedJobs(Object cache) {
    ((Map<?, ?>) cache).keySet().removeIf(function -> isOfAnEndedJob((Class<?>) function));
  }

  /** The class loader of a job is closed when the job ends, and finds not even its own classes. */
  private static boolean isOfAnEndedJob(Class<?> function) {
    String file = function.getName().replace('.', '/') + ".class";
    return function.getClassLoader().getResource(file) == null;
  }
}
