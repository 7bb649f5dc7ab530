package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.contexture.failure.Failure;
import org.contexture.golden.GoldenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchCheckpointTest {
  private static final GoldenFiles FILES = GoldenFiles.onClassPath("network/checkpoints");

  private static byte[] zip(Map<String, byte[]> entries, int method) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setMethod(method);
        CRC32 crc = new CRC32();
        crc.update(content.getValue());
        entry.setCrc(crc.getValue());
        entry.setSize(content.getValue().length);
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] pickle(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertRefused(byte[] file, String... reasons) {
    var refusal =
        assertThatThrownBy(() -> TorchCheckpoint.parse(file, "model.pt"))
            .isInstanceOf(Failure.class)
            .hasMessageStartingWith("model.pt cannot be read as a checkpoint of PyTorch: ");
    for (String reason : reasons) {
      refusal.hasMessageContaining(reason);
    }
  }

  private static byte[] withPickle(String text) throws IOException {
    return zip(Map.of("model/data.pkl", pickle(text)), ZipEntry.STORED);
  }

  @ParameterizedTest
  @CsvSource({
    "posix, system",
    "builtins, eval",
    "os, system",
    "torch.storage, _load_from_bytes",
    "torch.nn.modules.conv, Conv3d"
  })
  void whatIsNotOnTheListIsRefusedByItsName(String module, String name) throws IOException {
    assertRefused(
        withPickle("\u0080\u0002c" + module + "\n" + name + "\n(X\u0002\0\0\0ls\u0085R."),
        "its pickle names %s.%s, which is not on the list".formatted(module, name));
  }

  @Test
  void aNameFromTheStackIsHeldAgainstTheListToo() throws IOException {
    assertRefused(
        withPickle("\u0080\u0004\u008c\u0005posix\u008c\u0006system\u0093."),
        "its pickle names posix.system");
  }

  @ParameterizedTest
  @CsvSource({
    "'(iposix\nsystem\n.', 0x69",
    "'P1\n.', 0x50",
    "'\u0082\u0001.', 0x82",
    "'L1L\n.', 0x4c",
    "'(KKd.', 0x64",
    "'(1.', 0x31",
    "'\u008b\1\0\0\0\1.', 0x8b",
    "'(\u0091.', 0x91"
  })
  void operationsThatPyTorchDoesNotWriteAreRefused(String text, String code) throws IOException {
    assertRefused(withPickle("\u0080\u0002" + text), "its pickle has the operation " + code);
  }

  @Test
  void aTextThatIsNotThereGetsNoRoom() throws IOException {
    assertRefused(
        withPickle("\u0080\u0002X\u00ff\u00ff\u00ff\u007f."), "announces a text of 2147483647");
  }

  /**
   * A state dict of one tensor, w.
   *
   * @param storage class of the storage
   * @param count how many elements it has, as it says
   * @param view offset, shape and strides
   * @param elements what the storage holds
   */
  private static byte[] withTensor(String storage, char count, String view, byte[] elements)
      throws IOException {
    String reference =
        "(X\u0007\0\0\0storagectorch\n%s\nX\u0001\0\0\0000X\u0003\0\0\0cpuK%ctQ"
            .formatted(storage, count);
    String tensor = "ctorch._utils\n_rebuild_tensor_v2\n(" + reference + view + "tR";
    return zip(
        Map.of(
            "m/data.pkl",
            pickle("\u0080\u0002}X\u0001\0\0\0w" + tensor + "s."),
            "m/data/0",
            elements),
        ZipEntry.STORED);
  }

  @Test
  void aViewBeyondItsStorageIsRefused() throws IOException {
    assertRefused(
        withTensor("FloatStorage", '\u0002', "K\0K\u0005\u0085K\u0001\u0085", new byte[8]),
        "element 4 of a storage of 2");
  }

  @Test
  void viewsWithStridesAreReadInTheOrderOfTheirShape() throws IOException {
    SortedMap<String, TensorData> tensors =
        TorchCheckpoint.parse(
                withTensor(
                    "ByteStorage",
                    '\u0007',
                    "K\u0001K\u0002K\u0003\u0086K\u0001K\u0002\u0086",
                    new byte[] {0, 1, 2, 3, 4, 5, 6}),
                "model.pt")
            .tensors();

    assertThat(tensors.get("w").shape()).isEqualTo(List.of(2L, 3L));
    assertThat(tensors.get("w").bytes()).containsExactly(1, 3, 5, 2, 4, 6);
  }

  @Test
  void aStorageOfAnotherLengthIsRefused() throws IOException {
    assertRefused(
        withTensor("FloatStorage", '\u0002', "K\0K\u0002\u0085K\u0001\u0085", new byte[7]),
        "the storage of w has 7 bytes instead of 8");
  }

  @ParameterizedTest
  @CsvSource({
    "K\u0000K\u0005\u0085K\u0000\u0085",
    "K\u0000K\u0002K\u0003\u0086K\u0000K\u0001\u0086"
  })
  void aViewThatIsLargerThanItsStorageIsRefused(String view) throws IOException {
    assertRefused(withTensor("ByteStorage", '\u0004', view, new byte[4]), "of a storage of 4");
  }

  @Test
  void aKeyThatIsNoTextIsRefusedBeforeAnythingHashesIt() throws IOException {
    String nested = "]" + "q\0000]h\0ah\0a".repeat(60);
    assertRefused(
        withPickle("\u0080\u0002}" + nested + "Ns."), "a key that is neither a number nor a text");
    assertRefused(
        withPickle("\u0080\u0002}(" + nested + "Nu."), "a key that is neither a number nor a text");
  }

  @Test
  void modulesThatHoldTheSameOnesAgainAndAgainAreRefused() throws IOException {
    String named = "ctorch.nn.modules.linear\nIdentity\n)\u0081";
    String module = named;
    for (int depth = 0; depth < 40; depth++) {
      module += "q\0" + named + "}X\u0008\0\0\0_modules}(X\u0001\0\0\0ah\0X\u0001\0\0\0bh\0usb";
    }
    assertRefused(withPickle("\u0080\u0002" + module + "."), "more than 10000 modules");
  }

  private static String text(String text) {
    return "X" + (char) text.length() + "\0\0\0" + text;
  }

  /** A tensor of one byte, in the storage of a key. */
  private static String tensor(String key) {
    return tensor(key, 1, "N");
  }

  /**
   * A row of bytes.
   *
   * @param size how many, and how many the storage has
   * @param wholeStorage what the storage is a part of: operations that say so
   */
  private static String tensor(String key, int size, String wholeStorage) {
    String count = "K" + (char) size;
    return "ctorch._utils\n_rebuild_tensor_v2\n(("
        + text("storage")
        + "ctorch\nByteStorage\n"
        + text(key)
        + text("cpu")
        + count
        + wholeStorage
        + "tQK\0"
        + count
        + "\u0085K\1\u0085\u0089ccollections\nOrderedDict\n)RtR";
  }

  /** A file of the format before PyTorch 1.6, whose storages are bytes: those of their keys. */
  private static byte[] row(String content, String keys) {
    StringBuilder row =
        new StringBuilder("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.")
            .append("\u0080\u0002M\u00e9\u0003.")
            .append("\u0080\u0002}" + text("little_endian") + "\u0088s.")
            .append("\u0080\u0002" + content + ".")
            .append("\u0080\u0002](");
    keys.chars().forEach(key -> row.append(text(Character.toString(key))));
    row.append("e.");
    keys.chars().forEach(key -> row.append("\1\0\0\0\0\0\0\0").append((char) key));
    return pickle(row.toString());
  }

  @Test
  void aModuleOfTheOldFormatIsReadWhoseClassComesWithItsSource() {
    String module =
        "("
            + text("module")
            + "ctorch.nn.modules.linear\nLinear\n"
            + text("linear.py")
            + text("class Linear")
            + "tQ)\u0081}"
            + text("_parameters")
            + "}"
            + text("bias")
            + tensor("7")
            + "ssb";

    TorchCheckpoint checkpoint = TorchCheckpoint.parse(row(module, "7"), "model.pt");

    assertThat(checkpoint.moduleClass()).contains("torch.nn.modules.linear.Linear");
    assertThat(checkpoint.tensors().get("bias").bytes()).containsExactly('7');
  }

  @Test
  void whatStandsBesideAStateDictOfTheOldFormatIsPassedOver() {
    String content =
        "}("
            + text("optimizer")
            + tensor("1")
            + text("state_dict")
            + "}"
            + text("w")
            + tensor("2")
            + "su";

    assertThat(TorchCheckpoint.parse(row(content, "12"), "model.pth.tar").tensors())
        .containsOnlyKeys("w")
        .hasEntrySatisfying("w", w -> assertThat(w.bytes()).containsExactly('2'));
    assertRefused(row(content, "123"), "its storage 3 belongs to no tensor");
    assertRefused(row(content, "1"), "it has no storage 2");
  }

  /** Items of a dictionary that all have the value of a memo. */
  private static String items(int count, String value) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < count; i++) {
      items.append(text("%06d".formatted(i))).append(value);
    }
    return items.toString();
  }

  @Test
  void tensorsMayShareAStorageButNotTakeManyTimesTheFile() {
    String small = "}(" + text("w") + tensor("7") + "q\1" + items(1_000, "h\1") + "u";
    assertThat(TorchCheckpoint.parse(row(small, "7"), "model.pt").tensors()).hasSize(1_001);

    String large = "}(" + text("w") + tensor("7", 100, "N") + "q\1" + items(1_000, "h\1") + "u";
    assertRefused(row(large, "7"), "its tensors take many times the");
  }

  @Test
  void attributesThatManyModulesShareAreHeldOnce() throws IOException {
    String shared = "}(" + items(10_000, "K\1") + "uq\1";
    String modules = "ctorch.nn.modules.linear\nIdentity\nq\2" + ")\u0081h\1bh\2".repeat(100_000);
    assertRefused(
        withPickle("\u0080\u0002" + shared + modules + "]."), "neither a state dict nor a module");
  }

  @Test
  void moreOperationsThanACheckpointHasAreRefused() throws IOException {
    assertRefused(
        withPickle("\u0080\u0002" + "N".repeat(2_000_001) + "."),
        "its pickles have more than 2000000 operations");
  }

  @Test
  void storagesThatAreNotDescribedInOneWayAreRefused() {
    assertRefused(
        row("}(" + text("a") + tensor("7") + text("b") + tensor("7", 2, "N") + "u", "7"),
        "its storage 7 is described in two ways");
    assertRefused(
        row("}" + text("a") + tensor("7", 1, ")") + "s", "7"),
        "its storage 7 is a part of another");
  }

  @Test
  void storagesOfMoreBytesThanTheFileAreRefused() throws IOException {
    assertRefused(
        zip(
            Map.of(
                "m/data.pkl",
                pickle(
                    "\u0080\u0002}"
                        + text("w")
                        + tensor("0").replace("K\1NtQ", "J\0\0\0\1NtQ")
                        + "s.")),
            ZipEntry.STORED),
        "its storages take more than the");
  }

  @Test
  void compressedEntriesAreRefused() throws IOException {
    assertRefused(zip(Map.of("m/data.pkl", new byte[100_000]), ZipEntry.DEFLATED), "is compressed");
  }

  @Test
  void otherArchivesAreNoCheckpoint() throws IOException {
    assertRefused(zip(Map.of("a.txt", new byte[3]), ZipEntry.STORED), "it has no data.pkl");
    assertRefused(withPickle("\u0080\u0002]."), "neither a state dict nor a module");
    assertRefused(
        zip(
            Map.of(
                "m/data.pkl",
                pickle("\u0080\u0002}."),
                "m/byteorder",
                "big".getBytes(StandardCharsets.US_ASCII)),
            ZipEntry.STORED),
        "its byte order is 'big'");
  }

  @Test
  void aFileThatIsCutShortIsDamaged() throws IOException {
    for (String name : List.of("tiny_resnet.state_dict.pth", "tiny_resnet.state_dict.legacy.pth")) {
      byte[] file = Files.readAllBytes(FILES.path(name));
      for (int length : new int[] {20, 1000, file.length / 2, file.length - 1}) {
        assertRefused(Arrays.copyOf(file, length));
      }
    }
  }

  @Test
  void noChangedByteMakesMoreThanARefusal() throws IOException {
    byte[] file = Files.readAllBytes(FILES.path("SOP_Network_whole_module_cpu.pt"));
    byte[] pickle;
    try (ZipFile zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(file)).get()) {
      pickle =
          zip.getInputStream(zip.getEntry("SOP_Network_whole_module_cpu/data.pkl")).readAllBytes();
    }
    for (int at = 0; at < pickle.length; at += 7) {
      byte[] changed = pickle.clone();
      changed[at] ^= 0x41;
      try {
        TorchCheckpoint.parse(zip(Map.of("m/data.pkl", changed), ZipEntry.STORED), "model.pt");
      } catch (Failure refused) {
        assertThat(refused).hasMessageStartingWith("model.pt cannot be read as a checkpoint");
      }
    }
  }
}
