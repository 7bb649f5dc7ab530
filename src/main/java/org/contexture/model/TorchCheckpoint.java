package org.contexture.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.contexture.failure.Failure;
import org.contexture.model.TorchUnpickler.RefusedPickleException;

/**
 * What a file that {@code torch.save} wrote holds: a state dict, or a whole module as the paper's
 * code saves it (a tuple of the module and what else it was about). Both formats are read: the zip
 * archive of PyTorch 1.6 and later, and the row of pickles before it.
 *
 * @param tensors the tensors by their names
 * @param moduleClass the full name of the class of a whole module
 */
record TorchCheckpoint(SortedMap<String, TensorData> tensors, Optional<String> moduleClass) {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] LEGACY_START = {(byte) 0x80, 2, (byte) 0x8a, 10};

  /** Whether the file is of one of the two formats, by how it begins. */
  static boolean isOne(byte[] file) {
    return startsWith(file, ZIP) || startsWith(file, LEGACY_START);
  }

  private static boolean startsWith(byte[] file, byte[] start) {
    return file.length >= start.length
        && ByteBuffer.wrap(file, 0, start.length).equals(ByteBuffer.wrap(start));
  }

  /**
   * Reads a file.
   *
   * @param source where it is from, for messages
   * @throws Failure (data) if it is damaged, or names anything that a checkpoint may not name
   */
  static TorchCheckpoint parse(byte[] file, String source) {
    Reader reader = new Reader(file, source);
    try {
      return startsWith(file, ZIP) ? reader.ofZip() : reader.ofRow();
    } catch (RefusedPickleException refused) {
      throw reader.refusal(refused.getMessage()).causedBy(refused);
    } catch (IOException | RuntimeException broken) {
      if (broken instanceof Failure failure) {
        throw failure;
      }
      throw reader.refusal("it is damaged (%s)".formatted(broken)).causedBy(broken);
    }
  }

  /** Reads one file. */
  private static final class Reader {
    private static final BigInteger LEGACY = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final String PICKLE = "/data.pkl";
    private static final int DEEPEST = 64;
    private static final int MOST_MODULES = 10_000;
    private static final int MOST_TENSORS = 100_000;
    private static final int LONGEST_NAME = 1_000;

    /** How many times the bytes of the file its tensors may take, since they can share storages. */
    private static final int MOST_COPIES = 4;

    private final byte[] file;
    private final String source;
    private final SortedMap<String, TorchTensor> described = new TreeMap<>();
    private Optional<String> moduleClass = Optional.empty();
    private int modules;
    private long tensorBytes;

    Reader(byte[] file, String source) {
      this.file = file;
      this.source = source;
    }

    Failure refusal(String why) {
      return Failure.data("%s cannot be read as a checkpoint of PyTorch: %s.", source, why);
    }

    TorchCheckpoint ofZip() throws IOException, RefusedPickleException {
      try (ZipFile zip =
          ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(file)).get()) {
        String pickle =
            Collections.list(zip.getEntries()).stream()
                .map(ZipArchiveEntry::getName)
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
                .findFirst()
                .orElseThrow(() -> refusal("it has no data.pkl"));
        String root = pickle.substring(0, pickle.length() - PICKLE.length());
        requireLittleEndian(zip, root);
        Object content =
            new TorchUnpickler(new ByteArrayInputStream(entry(zip, pickle, file.length))).next();
        describe(content);
        Map<String, ByteBuffer> elements = new HashMap<>();
        for (TorchTensor.Storage storage : storages()) {
          byte[] bytes = entry(zip, root + "/data/" + storage.key(), file.length);
          elements.put(storage.key(), ByteBuffer.wrap(bytes));
        }
        return checkpoint(elements);
      }
    }

    private void requireLittleEndian(ZipFile zip, String root) throws IOException {
      ZipArchiveEntry order = zip.getEntry(root + "/byteorder");
      if (order != null) {
        String text = new String(entry(zip, order.getName(), 16), StandardCharsets.US_ASCII);
        if (!text.equals("little")) {
          throw refusal("its byte order is '%s'; only little is read".formatted(text));
        }
      }
    }

    /** An entry, which PyTorch never compresses. */
    private byte[] entry(ZipFile zip, String name, int most) throws IOException {
      ZipArchiveEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw refusal("it has no entry " + name);
      }
      if (entry.getMethod() != ZipEntry.STORED || entry.getSize() > most) {
        throw refusal("its entry %s is compressed".formatted(name));
      }
      try (var in = zip.getInputStream(entry)) {
        return in.readNBytes((int) entry.getSize());
      }
    }

    TorchCheckpoint ofRow() throws IOException, RefusedPickleException {
      ByteArrayInputStream bytes = new ByteArrayInputStream(file);
      TorchUnpickler pickles = new TorchUnpickler(bytes);
      if (!LEGACY.equals(pickles.next())) {
        throw refusal("it begins with another number");
      }
      pickles.next(); // the version of the format
      if (!(pickles.next() instanceof Map<?, ?> system)
          || !Boolean.TRUE.equals(system.get("little_endian"))) {
        throw refusal("its byte order is not little-endian");
      }
      describe(pickles.next());
      Map<String, ByteBuffer> elements = new HashMap<>();
      for (Object key : (List<?>) pickles.next()) {
        TorchTensor.Storage storage = pickles.storages().get((String) key);
        if (storage == null) {
          throw refusal("its storage %s belongs to no tensor".formatted(key));
        }
        elements.put(storage.key(), elements(bytes, storage));
      }
      return checkpoint(elements);
    }

    /** The elements of the next storage of a row, and behind them the stream. */
    private ByteBuffer elements(ByteArrayInputStream bytes, TorchTensor.Storage storage)
        throws IOException {
      byte[] count = bytes.readNBytes(Long.BYTES);
      if (count.length < Long.BYTES
          || ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN).getLong() != storage.elements()
          || storage.bytes() > bytes.available()) {
        throw refusal("it ends in storage " + storage.key());
      }
      int from = file.length - bytes.available();
      bytes.skipNBytes(storage.bytes());
      return ByteBuffer.wrap(file, from, (int) storage.bytes()).slice();
    }

    private TorchCheckpoint checkpoint(Map<String, ByteBuffer> storages) {
      SortedMap<String, TensorData> tensors = new TreeMap<>();
      described.forEach(
          (name, tensor) -> {
            ByteBuffer elements = storages.get(tensor.storage().key());
            if (elements == null) {
              throw refusal("it has no storage " + tensor.storage().key());
            }
            if (elements.remaining() != tensor.storage().bytes()) {
              throw refusal(
                  "the storage of %s has %d bytes instead of %d"
                      .formatted(name, elements.remaining(), tensor.storage().bytes()));
            }
            tensors.put(name, tensor.of(elements));
          });
      return new TorchCheckpoint(tensors, moduleClass);
    }

    /** The storages of the tensors, each once. */
    private Set<TorchTensor.Storage> storages() {
      Set<TorchTensor.Storage> storages =
          described.values().stream().map(TorchTensor::storage).collect(Collectors.toSet());
      if (storages.stream().mapToLong(TorchTensor.Storage::bytes).sum() > file.length) {
        throw refusal("its storages take more than the %d bytes it has".formatted(file.length));
      }
      return storages;
    }

    /** Finds the tensors of a state dict or a module, by their names. */
    private void describe(Object content) {
      Object saved = content;
      if (saved instanceof Object[] tuple && tuple.length > 0) {
        saved = tuple[0];
      }
      if (saved instanceof Map<?, ?> map && map.get("state_dict") instanceof Map<?, ?> inner) {
        saved = inner;
      }
      if (saved instanceof TorchUnpickler.Module module) {
        moduleClass = Optional.of(module.toString());
        describe(module, "", 0);
      } else if (saved instanceof Map<?, ?> stateDict) {
        put(stateDict, "");
      }
      if (described.isEmpty()) {
        throw refusal("it holds neither a state dict nor a module");
      }
    }

    private void describe(TorchUnpickler.Module module, String prefix, int depth) {
      if (depth > DEEPEST) {
        throw refusal("its modules are nested more than %d deep".formatted(DEEPEST));
      }
      if (++modules > MOST_MODULES) {
        throw refusal("it has more than %d modules".formatted(MOST_MODULES));
      }
      put(module.dictionary("_parameters"), prefix);
      put(module.dictionary("_buffers"), prefix);
      module
          .dictionary("_modules")
          .forEach(
              (name, inner) -> {
                if (inner instanceof TorchUnpickler.Module below) {
                  describe(below, prefix + name + ".", depth + 1);
                }
              });
    }

    private void put(Map<?, ?> named, String prefix) {
      named.forEach(
          (name, value) -> {
            if (value instanceof TorchTensor tensor) {
              put(prefix + name, tensor);
            }
          });
    }

    private void put(String name, TorchTensor tensor) {
      tensorBytes += tensor.bytes();
      if (tensorBytes > (long) MOST_COPIES * file.length) {
        throw refusal("its tensors take many times the %d bytes it has".formatted(file.length));
      }
      if (described.size() == MOST_TENSORS || name.length() > LONGEST_NAME) {
        throw refusal(
            "it has more than %d tensors, or one with a name of more than %d letters"
                .formatted(MOST_TENSORS, LONGEST_NAME));
      }
      described.put(name, tensor);
    }
  }
}
