package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.junit.jupiter.api.Test;

/** A class loader of its own for a function, as a job on a cluster has one. */
class FunctionCachesTest {
  private static final int COLLECTIONS = 3;

  @Test
  void classesOfAnEndedJobCanBeUnloadedOnceBeamHasForgottenThem() throws Exception {
    WeakReference<?> job = new WeakReference<>(endedJob());

    collect();
    assertThat(job.get()).isNotNull();

    FunctionCaches.forgetEndedJobs();
    collect();
    assertThat(job.get()).isNull();
  }

  @Test
  void aJobThatIsNotOverKeepsItsFunctions() throws Exception {
    try (JobLoader job = new JobLoader()) {
      job.useFunction();
      FunctionCaches.forgetEndedJobs();
      job.useFunction(); // could not be defined again
    }
  }

  private static ClassLoader endedJob() throws Exception {
    JobLoader job = new JobLoader();
    job.useFunction();
    job.close();
    return job;
  }

  private static void collect() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
  }

  /** Has the function itself, and the rest from the class path. */
  private static final class JobLoader extends URLClassLoader {
    private static final String FUNCTION = FunctionOfAJob.class.getName();

    JobLoader() {
      super(new URL[] {FunctionOfAJob.class.getProtectionDomain().getCodeSource().getLocation()});
    }

    void useFunction() throws ReflectiveOperationException {
      Object function = loadClass(FUNCTION).getDeclaredConstructor().newInstance();
      assertThat(function).isNotInstanceOf(FunctionOfAJob.class);
      DoFnInvokers.invokerFor((DoFn<?, ?>) function).invokeTeardown();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      return name.startsWith(FUNCTION) ? findClass(name) : super.loadClass(name, resolve);
    }

    @Override
    public URL getResource(String name) {
      return findResource(name);
    }
  }
}
