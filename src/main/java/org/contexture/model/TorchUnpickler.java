package org.contexture.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Walks a pickle of PyTorch and executes nothing: every class and function has to be on a list, and
 * stands for plain data. Tensors become {@link TorchTensor}s, modules {@link Module}s.
 *
 * <p>The operations on numbers, texts, lists and the memo are the library's; those that would
 * import or call something are done here, and those that take more time or memory than their bytes
 * in the file: keys are short texts, for one that holds others many times over would be hashed for
 * as long as its author likes.
 */
final class TorchUnpickler extends Unpickler {
  private static final Map<String, TensorData.Type> STORAGES =
      Map.of(
          "torch.DoubleStorage", TensorData.Type.F64,
          "torch.FloatStorage", TensorData.Type.F32,
          "torch.HalfStorage", TensorData.Type.F16,
          "torch.BFloat16Storage", TensorData.Type.BF16,
          "torch.LongStorage", TensorData.Type.I64,
          "torch.ByteStorage", TensorData.Type.U8);

  private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final String ORDERED_DICTIONARY = "collections.OrderedDict";

  /** Classes whose instances are only walked through, and functions whose results are. */
  private static final Set<String> WALKED =
      Set.of(
          "__builtin__.set",
          "builtins.set",
          "collections.defaultdict",
          "networks.CUB_Network",
          "networks.SOP_Network",
          "torch.device",
          "torch.amp.grad_scaler.GradScaler",
          "torch.amp.grad_scaler._refresh_per_optimizer_state",
          "torch.cuda.amp.grad_scaler.GradScaler",
          "torch.cuda.amp.grad_scaler._refresh_per_optimizer_state",
          "torch.nn.modules.activation.ReLU",
          "torch.nn.modules.batchnorm.BatchNorm2d",
          "torch.nn.modules.container.Sequential",
          "torch.nn.modules.conv.Conv2d",
          "torch.nn.modules.linear.Identity",
          "torch.nn.modules.linear.Linear",
          "torch.nn.modules.normalization.LayerNorm",
          "torch.nn.modules.pooling.AdaptiveAvgPool2d",
          "torch.nn.modules.pooling.AdaptiveMaxPool2d",
          "torch.nn.modules.pooling.MaxPool2d",
          "torch.nn.parallel.data_parallel.DataParallel",
          "torchvision.models.resnet.BasicBlock",
          "torchvision.models.resnet.Bottleneck",
          "torchvision.models.resnet.ResNet");

  private static final short GLOBAL = 'c';
  private static final short STACK_GLOBAL = 0x93;
  private static final short REDUCE = 'R';
  private static final short NEW_OBJECT = 0x81;
  private static final short BUILD = 'b';
  private static final short SET_ITEM = 's';
  private static final short SET_ITEMS = 'u';
  private static final short ADD_ITEMS = 0x90;
  private static final short APPENDS = 'e';
  private static final short UNICODE = 'X';
  private static final short BYTES = 'B';
  private static final short STRING = 'T';

  /** Far more than a checkpoint has, and few enough that what they make fits into memory. */
  private static final int MOST_OPERATIONS = 2_000_000;

  private static final int LONGEST_KEY = 1_000;

  /** Operations that PyTorch does not write and that import, call, allocate, copy or hash. */
  private static final Set<Short> REFUSED =
      Set.of(
          (short) '1', // POP_MARK
          (short) 'd', // DICT
          (short) 'i', // INST
          (short) 'L', // LONG
          (short) 'o', // OBJ
          (short) 'P', // PERSID
          (short) 0x82, // EXT1
          (short) 0x83, // EXT2
          (short) 0x84, // EXT4
          (short) 0x8b, // LONG4
          (short) 0x8d, // BINUNICODE8
          (short) 0x8e, // BINBYTES8
          (short) 0x91, // FROZENSET
          (short) 0x92, // NEWOBJ_EX
          (short) 0x96, // BYTEARRAY8
          (short) 0x97, // NEXT_BUFFER
          (short) 0x98); // READONLY_BUFFER

  private final ByteArrayInputStream bytes;
  private final Map<String, TorchTensor.Storage> storages = new HashMap<>();
  private int operations;

  /** A class or function by its full name. */
  private record Named(String name) {}

  /** An instance of a class that is walked through, by its class and its attributes. */
  static final class Module {
    private final String className;
    private Map<?, ?> attributes = Map.of();

    Module(String className) {
      this.className = className;
    }

    /** The attribute, if it is a dictionary. */
    Map<?, ?> dictionary(String name) {
      return attributes.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    @Override
    public String toString() {
      return className;
    }
  }

  /** A dictionary that keeps its order; what is set on it as an object is dropped. */
  private static final class OrderedDictionary extends LinkedHashMap<Object, Object> {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A walk through pickles.
   *
   * @param bytes the pickles, one behind the other
   */
  TorchUnpickler(ByteArrayInputStream bytes) {
    this.bytes = bytes;
  }

  /** The storages that the pickles so far refer to, by their keys. */
  Map<String, TorchTensor.Storage> storages() {
    return Collections.unmodifiableMap(storages);
  }

  /**
   * Walks the next pickle and stops behind it.
   *
   * @throws RefusedPickleException if it names what is not on the list, or is no such pickle
   */
  Object next() throws RefusedPickleException {
    try {
      return load((InputStream) bytes);
    } catch (RefusedException refused) {
      throw new RefusedPickleException(refused.getMessage());
    } catch (IOException | RuntimeException broken) {
      // The library answers damage with whatever its parsing trips over.
      throw new RefusedPickleException("its pickle is damaged (%s)".formatted(broken));
    }
  }

  /** Why a pickle is not taken, as the end of a sentence. */
  static final class RefusedPickleException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedPickleException(String message) {
      super(message);
    }
  }

  private static final class RefusedException extends PickleException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  @Override
  protected Object dispatch(short operation) throws IOException {
    if (++operations > MOST_OPERATIONS) {
      throw new RefusedException(
          "its pickles have more than %d operations".formatted(MOST_OPERATIONS));
    }
    if (REFUSED.contains(operation)) {
      throw new RefusedException(
          "its pickle has the operation 0x%02x, which PyTorch does not write".formatted(operation));
    }
    switch (operation) {
      case GLOBAL -> stack.add(named(PickleUtils.readline(input), PickleUtils.readline(input)));
      case STACK_GLOBAL -> {
        String name = (String) stack.pop();
        stack.add(named((String) stack.pop(), name));
      }
      case REDUCE -> {
        Object[] arguments = (Object[]) stack.pop();
        stack.add(result((Named) stack.pop(), arguments));
      }
      case NEW_OBJECT -> {
        stack.pop();
        stack.add(new Module(((Named) stack.pop()).name()));
      }
      case BUILD -> {
        Object state = stack.pop();
        if (stack.peek() instanceof Module module && state instanceof Map<?, ?> attributes) {
          module.attributes = attributes;
        }
      }
      case SET_ITEM -> {
        Object value = stack.pop();
        Object key = stack.pop();
        set(key, value);
      }
      case SET_ITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        for (int i = 0; i < items.size(); i += 2) {
          set(items.get(i), items.get(i + 1));
        }
      }
      case ADD_ITEMS -> stack.pop_all_since_marker(); // nobody asks what is in a set
      case APPENDS -> appendTo(stack.pop_all_since_marker());
      default -> {
        if (operation == UNICODE || operation == BYTES || operation == STRING) {
          requireLength();
        }
        return super.dispatch(operation);
      }
    }
    return NO_RETURN_VALUE;
  }

  /** Puts an item into the dictionary on the stack. */
  @SuppressWarnings("unchecked")
  private void set(Object key, Object value) {
    ((Map<Object, Object>) stack.peek()).put(key(key), value);
  }

  @SuppressWarnings("unchecked")
  private void appendTo(List<Object> items) {
    ((List<Object>) stack.peek()).addAll(items);
  }

  private static String key(Object key) {
    if (key instanceof Number number) {
      return number.toString();
    }
    if (key instanceof String text && text.length() <= LONGEST_KEY) {
      return text;
    }
    throw new RefusedException(
        "its pickle has a key that is neither a number nor a text of at most %d letters"
            .formatted(LONGEST_KEY));
  }

  /** Makes sure that a text that is announced is there, before the library makes room for it. */
  private void requireLength() {
    bytes.mark(Integer.BYTES);
    long length = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      length |= (bytes.read() & 0xffL) << shift;
    }
    bytes.reset();
    if (length > bytes.available()) {
      throw new RefusedException("its pickle announces a text of %d bytes".formatted(length));
    }
  }

  private static Named named(String module, String name) {
    String full = module + "." + name;
    if (!STORAGES.containsKey(full)
        && !WALKED.contains(full)
        && !List.of(TENSOR, PARAMETER, ORDERED_DICTIONARY).contains(full)) {
      throw new RefusedException(
          "its pickle names %s, which is not on the list of what a checkpoint may name"
              .formatted(full));
    }
    return new Named(full);
  }

  private static Object result(Named function, Object[] arguments) {
    return switch (function.name()) {
      case ORDERED_DICTIONARY -> new OrderedDictionary();
      case "collections.defaultdict" -> new HashMap<Object, Object>();
      case TENSOR ->
          new TorchTensor(
              (TorchTensor.Storage) arguments[0],
              ((Number) arguments[1]).longValue(),
              longs(arguments[2]),
              longs(arguments[3]));
      case PARAMETER -> (TorchTensor) arguments[0];
      default -> new Module(function.name());
    };
  }

  private static List<Long> longs(Object tuple) {
    return Arrays.stream((Object[]) tuple).map(number -> ((Number) number).longValue()).toList();
  }

  /**
   * A storage: its kind, the key of its elements, where they were, how many there are and, before
   * PyTorch 1.6, what it is a view of. Or a class of modules with its source code, as it was saved
   * then: the class.
   */
  @Override
  protected Object persistentLoad(Object id) {
    Object[] parts = (Object[]) id;
    Named named = (Named) parts[1];
    if ("module".equals(parts[0])) {
      return named;
    }
    TensorData.Type type = STORAGES.get(named.name());
    if (!"storage".equals(parts[0]) || type == null) {
      throw new RefusedException("its pickle refers to a %s".formatted(named.name()));
    }
    String key = key(parts[2]);
    if (parts.length > 5 && parts[5] != null) {
      throw new RefusedException("its storage %s is a part of another".formatted(key));
    }
    TorchTensor.Storage storage =
        new TorchTensor.Storage(key, type, ((Number) parts[4]).longValue());
    TorchTensor.Storage known = storages.putIfAbsent(key, storage);
    if (known != null && !known.equals(storage)) {
      throw new RefusedException("its storage %s is described in two ways".formatted(key));
    }
    return storage;
  }
}
