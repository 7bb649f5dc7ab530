package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.benchmark.FileDigests;
import org.contexture.benchmark.PublishedBenchmark;
import org.contexture.failure.Failure;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.RemoteFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesToFetchTest {
  private static final String CUB = "name: mine\nbenchmark:\n  name: cub200\n";
  private static final String IN_SHOP = "name: mine\nbenchmark:\n  name: inshop\n";
  private static final Checksum PUBLISHED = Checksum.md5("97eceeb196236b17998738112f37df78");

  @TempDir Path directory;

  private Path archives;

  @BeforeEach
  void makeArchives() throws IOException {
    archives = Files.createDirectory(directory.resolve("archives"));
  }

  private List<RemoteFile> files(String text, String... overrides) throws IOException {
    Path file = Files.writeString(directory.resolve("mine.yaml"), text);
    ExperimentSettings settings = ExperimentFile.read(file, List.of(overrides)).settings();
    PublishedBenchmark benchmark =
        settings.benchmark().name() == BenchmarkSettings.Name.CUB200
            ? PublishedBenchmark.cub200(settings.benchmark().counts())
            : PublishedBenchmark.inShop(settings.benchmark().counts());
    return new FilesToFetch(benchmark, settings, new FileDigests(directory.resolve("digests")))
        .files();
  }

  private Checksum put(String name, String content) throws IOException {
    Files.writeString(archives.resolve(name), content);
    return Checksum.sha256(DigestUtils.sha256Hex(content));
  }

  @Test
  void aFileIsTakenFromWhereItIsPublished() throws IOException {
    RemoteFile file = files(CUB).get(0);

    assertThat(file.name()).isEqualTo("CUB_200_2011.tgz");
    assertThat(file.checksum()).isEqualTo(PUBLISHED);
    assertThat(file.bytes()).isEqualTo(1_150_585_339);
    assertThat(file.sources().get(0).getHost()).isEqualTo("data.caltech.edu");
  }

  @Test
  void anAddressTakesThePlaceOfThePublishedOnes() throws IOException {
    RemoteFile http = files(CUB, "fetch.mirror=http://localhost:8000/a").get(0);
    assertThat(http.sources())
        .containsExactly(URI.create("http://localhost:8000/a/CUB_200_2011.tgz"));
    assertThat(http.checksum()).isEqualTo(PUBLISHED);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> files(CUB, "fetch.mirror=" + directory.resolve("archivse")))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "There is no folder %s, which fetch.mirror names.", directory.resolve("archivse"));
  }

  @Test
  void aFolderIsLookedIntoBeforeThePublishedPlaces() throws IOException {
    List<URI> published = files(CUB).get(0).sources();
    String mirror = "fetch.mirror=" + archives;
    RemoteFile absent = files(CUB, mirror).get(0);
    assertThat(absent.sources().get(0)).isEqualTo(archives.resolve("CUB_200_2011.tgz").toUri());
    assertThat(absent.sources().subList(1, absent.sources().size())).isEqualTo(published);
    assertThat(absent.checksum()).isEqualTo(PUBLISHED);
    assertThat(absent.bytes()).isEqualTo(1_150_585_339);

    put("CUB_200_2011.tgz", "not the birds");
    assertThat(files(CUB, mirror)).containsExactly(absent);
  }

  @Test
  void aPartOfABenchmarkComesFromThePublishedPlaceWhereTheFolderDoesNotHaveIt() throws IOException {
    assertThat(files(CUB, "fetch.mirror=" + archives, "benchmark.expected_counts=any"))
        .isEqualTo(files(CUB, "fetch.mirror=" + archives));
  }

  @Test
  void aListOfChecksumsTakesThePlaceOfThePublishedOnes() throws IOException {
    Path list =
        Files.writeString(directory.resolve("SHA256SUMS"), "a".repeat(64) + "  CUB_200_2011.tgz\n");

    RemoteFile file = files(CUB, "fetch.checksums=" + list).get(0);

    assertThat(file.checksum()).isEqualTo(Checksum.sha256("a".repeat(64)));
    assertThat(file.bytes()).isEqualTo(RemoteFile.UNKNOWN_LENGTH);
  }

  @Test
  void ofAPartOfABenchmarkTheFileOfTheFolderCounts() throws IOException {
    Checksum part = put("CUB_200_2011.tgz", "some birds");

    assertThat(files(CUB, "fetch.mirror=" + archives, "benchmark.expected_counts=any"))
        .containsExactly(
            new RemoteFile(
                "CUB_200_2011.tgz",
                List.of(archives.resolve("CUB_200_2011.tgz").toUri()),
                part,
                RemoteFile.UNKNOWN_LENGTH));
    assertThat(files(CUB, "benchmark.expected_counts=any").get(0).checksum()).isEqualTo(PUBLISHED);
  }

  @Test
  void whatIsGivenByHandIsAskedForWithNameAndPlace() {
    assertThatThrownBy(() -> files(IN_SHOP))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "The benchmark inshop needs img.zip and list_eval_partition.txt, to be put into a folder"
                + " that fetch.mirror names.")
        .hasMessageContaining("by hand")
        .hasMessageContaining("mmlab.ie.cuhk.edu.hk");
  }

  @Test
  void whatIsGivenByHandIsAskedForBeforeThereIsAFolderForIt() {
    Path nowhere = directory.resolve("nowhere");
    assertThatThrownBy(() -> files(IN_SHOP, "fetch.mirror=" + nowhere))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("needs img.zip and list_eval_partition.txt in " + nowhere)
        .hasMessageContaining("mmlab.ie.cuhk.edu.hk");
  }

  @Test
  void whatIsGivenByHandIsUsedOnceItIsThere() throws IOException {
    Checksum pictures = put("img.zip", "clothes");
    String mirror = "fetch.mirror=" + archives;
    assertThatThrownBy(() -> files(IN_SHOP, mirror))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("needs list_eval_partition.txt in " + archives);

    Checksum list = put("list_eval_partition.txt", "1");
    assertThat(files(IN_SHOP, mirror))
        .extracting(RemoteFile::checksum)
        .containsExactly(pictures, list);
  }

  @Test
  void whatNobodyKnowsTheChecksumOfIsNotFetchedFromAServer() {
    assertThatThrownBy(() -> files(IN_SHOP, "fetch.mirror=http://localhost:8000"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "needs img.zip and list_eval_partition.txt, and has to know their SHA-256 before it"
                + " fetches them from http://localhost:8000/: fetch.checksums names a list.");
  }
}
