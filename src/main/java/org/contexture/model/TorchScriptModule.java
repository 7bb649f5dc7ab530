package org.contexture.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A TorchScript class that holds no tensors, loaded from its source; its methods take tensors and
 * lists of them and return one tensor or a list. One call of a method is one native call, however
 * much it does.
 */
public final class TorchScriptModule {
  private final PtSymbolBlock module;
  private final Map<String, NDArray> methods = new HashMap<>();

  private TorchScriptModule(PtSymbolBlock module) {
    this.module = module;
  }

  /**
   * Loads a class.
   *
   * @param className its name in the source
   * @param source the class in the form that TorchScript archives hold
   * @param manager frees the module when it is closed
   * @param methodNames the methods that will be called
   */
  public static TorchScriptModule load(
      String className, String source, NDManager manager, Iterable<String> methodNames) {
    byte[] archive = TorchScriptArchive.of(className, source);
    TorchScriptModule loaded;
    try {
      loaded =
          new TorchScriptModule(
              JniUtils.loadModule(
                  (PtNDManager) manager, new ByteArrayInputStream(archive), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
    for (String method : methodNames) {
      NDArray name = manager.create(0);
      name.setName("module_method:" + method);
      loaded.methods.put(method, name);
    }
    return loaded;
  }

  /** The name that makes arrays the elements of one list argument. */
  public static String listName(String argument) {
    return argument + "[]";
  }

  /**
   * An array as an element of a list argument: the same memory, without gradients.
   *
   * @param manager what the element belongs to
   */
  public static NDArray listElement(String argument, NDArray array, NDManager manager) {
    NDArray element = array.stopGradient();
    element.attach(manager);
    element.setName(listName(argument));
    return element;
  }

  /**
   * Calls a method, on whichever thread.
   *
   * @param arguments in the method's order; a list's elements, named with {@link #listName}, may
   *     stand anywhere after its first one
   * @param gradients whether what the method does is recorded for gradients
   * @return its result, in the manager of the first argument
   */
  public NDArray call(String method, NDList arguments, boolean gradients) {
    return run(method, arguments, gradients).singletonOrThrow();
  }

  /**
   * Calls a method that returns a list, on whichever thread, without gradients.
   *
   * @param arguments as for {@link #call}
   * @return its result, in the manager of the first argument
   */
  public NDList callForList(String method, NDList arguments) {
    return run(method, arguments, false);
  }

  private NDList run(String method, NDList arguments, boolean gradients) {
    NDList inputs = new NDList(arguments);
    inputs.add(methods.get(method));
    // Of this thread only. The optimiser profiles the first runs and then rewrites the graph: it
    // gained nothing in time, and without it the first step after a restart is like any other.
    JniUtils.setGraphExecutorOptimize(false);
    return IValueUtils.forward(module, inputs, gradients);
  }
}
