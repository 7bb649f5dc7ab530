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
import java.util.SortedMap;
import java.util.TreeMap;
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
    Reader reader = new Reader(source);
    try {
      return startsWith(file, ZIP) ? reader.ofZip(file) : reader.ofRow(file);
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

    /** How often the storages of a file may be held: tensors may share one, but hardly all do. */
    private static final int MOST_COPIES = 4;

    private final String source;
    private Optional<String> moduleClass = Optional.empty();
    private int modules;

    Reader(String source) {
      this.source = source;
    }

    Failure refusal(String why) {
      return Failure.data("%s cannot be read as a checkpoint of PyTorch: %s.", source, why);
    }

    TorchCheckpoint ofZip(byte[] file) throws IOException, RefusedPickleException {
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
        SortedMap<String, TorchTensor> described = flattened(content, file.length);
        Map<String, ByteBuffer> elements = new HashMap<>();
        for (TorchTensor tensor : described.values()) {
          String key = tensor.storage().key();
          if (!elements.containsKey(key)) {
            elements.put(key, ByteBuffer.wrap(entry(zip, root + "/data/" + key, file.length)));
          }
        }
        return checkpoint(described, elements);
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

    TorchCheckpoint ofRow(byte[] file) throws IOException, RefusedPickleException {
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
      SortedMap<String, TorchTensor> described = flattened(pickles.next(), file.length);
      Map<String, ByteBuffer> elements = new HashMap<>();
      for (Object key : (List<?>) pickles.next()) {
        TorchTensor.Storage storage = pickles.storages().get((String) key);
        if (storage == null) {
          throw refusal("its storage %s belongs to no tensor".formatted(key));
        }
        elements.put(storage.key(), elements(file, bytes, storage));
      }
      return checkpoint(described, elements);
    }

    /** The elements of the next storage of a row, and behind them the stream. */
    private ByteBuffer elements(
        byte[] file, ByteArrayInputStream bytes, TorchTensor.Storage storage) throws IOException {
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

    private TorchCheckpoint checkpoint(
        SortedMap<String, TorchTensor> described, Map<String, ByteBuffer> storages) {
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

    /** The tensors of a state dict or a module by their names. */
    private SortedMap<String, TorchTensor> flattened(Object content, long fileLength) {
      Object saved = content;
      if (saved instanceof Object[] tuple && tuple.length > 0) {
        saved = tuple[0];
      }
      if (saved instanceof Map<?, ?> map && map.get("state_dict") instanceof Map<?, ?> inner) {
        saved = inner;
      }
      SortedMap<String, TorchTensor> tensors = new TreeMap<>();
      if (saved instanceof TorchUnpickler.Module module) {
        moduleClass = Optional.of(module.toString());
        flatten(module, "", 0, tensors);
      } else if (saved instanceof Map<?, ?> stateDict) {
        put(stateDict, "", tensors);
      }
      if (tensors.isEmpty()) {
        throw refusal("it holds neither a state dict nor a module");
      }
      long bytes = 0;
      for (TorchTensor tensor : tensors.values()) {
        bytes += new TensorLayout(tensor.storage().type(), tensor.shape()).bytes();
        if (bytes > MOST_COPIES * fileLength) {
          throw refusal("its tensors take many times the %d bytes it has".formatted(fileLength));
        }
      }
      return tensors;
    }

    private void flatten(
        TorchUnpickler.Module module,
        String prefix,
        int depth,
        SortedMap<String, TorchTensor> tensors) {
      if (depth > DEEPEST) {
        throw refusal("its modules are nested more than %d deep".formatted(DEEPEST));
      }
      if (++modules > MOST_MODULES) {
        throw refusal("it has more than %d modules".formatted(MOST_MODULES));
      }
      put(module.dictionary("_parameters"), prefix, tensors);
      put(module.dictionary("_buffers"), prefix, tensors);
      module
          .dictionary("_modules")
          .forEach(
              (name, inner) -> {
                if (inner instanceof TorchUnpickler.Module below) {
                  flatten(below, prefix + name + ".", depth + 1, tensors);
                }
              });
    }

    private static void put(
        Map<?, ?> named, String prefix, SortedMap<String, TorchTensor> tensors) {
      named.forEach(
          (name, value) -> {
            if (value instanceof TorchTensor tensor) {
              tensors.put(prefix + name, tensor);
            }
          });
    }
  }
}
