package org.contexture.pipeline.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteAddressTest {
  private static RemoteAddress address(String text) {
    return RemoteAddress.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"store", "/mnt/store", "../s3", "s3:/bucket", "C:/store", "a b*"})
  void aPathIsNoAddress(String text) {
    assertThat(RemoteAddress.parse(text)).isEmpty();
  }

  @Test
  void slashesAtTheEndDoNotMatter() {
    assertThat(address("s3://bucket/experiments/")).isEqualTo(address("s3://bucket/experiments"));
    assertThat(address("s3://bucket/a").of("store.json")).isEqualTo("s3://bucket/a/store.json");
  }

  @Test
  void schemesAreReadWithoutRegardToCase() {
    assertThat(address("S3://Bucket/A")).isEqualTo(address("s3://Bucket/A"));
    assertThat(address("Hdfs://host:1/a").scheme()).isEqualTo("hdfs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3://", "s3:///", "s3://bucket/a b", "s3://bucket/*", "hdfs://h/{a}", "file://a"})
  void whatBeamWouldTakeForSomethingElseIsRefused(String text) {
    assertThatThrownBy(() -> RemoteAddress.parse(text))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("'%s' is no address of a store: write s3://", text);
  }

  @Test
  void addressesHaveDirectoriesOfTheirOwn() {
    assertThat(address("s3://bucket/a/b").directoryName()).matches("s3-bucket-a-b-[0-9a-f]{8}");
    assertThat(address("s3://bucket/a/b").directoryName())
        .isNotEqualTo(address("s3://bucket/a-b").directoryName());
  }

  @Test
  void aServerOfAnotherMakerIsTakenFromTheEnvironment() {
    Map<String, String> environment = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9000");

    assertThat(address("s3://bucket").options(environment))
        .contains("--endpoint=http://127.0.0.1:9000", "--awsRegion=us-east-1");
    assertThat(address("s3://bucket").options(Map.of()))
        .noneMatch(option -> option.startsWith("--endpoint") || option.startsWith("--awsRegion"));
  }

  @Test
  void hdfsIsAskedAtTheServerOfTheAddressUnlessHadoopIsConfigured() {
    assertThat(address("hdfs://name:8020/stores/a").options(Map.of()))
        .containsExactly("--hdfsConfiguration=[{\"fs.defaultFS\": \"hdfs://name:8020\"}]");
    assertThat(address("hdfs://name:8020").options(Map.of()))
        .containsExactly("--hdfsConfiguration=[{\"fs.defaultFS\": \"hdfs://name:8020\"}]");
    assertThat(address("hdfs://ha/stores").options(Map.of("HADOOP_CONF_DIR", "/etc/hadoop")))
        .isEmpty();
  }

  @Test
  void anAddressOfNoFileSystemIsAMistake() {
    assertThatThrownBy(() -> RemoteFiles.open(address("gopher://hole/store")))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.USAGE))
        .hasMessageStartingWith("gopher://hole/store: there is no file system for gopher://.");
  }

  @Test
  void aModuleThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> RemoteFiles.open(address("s3://bucket/store")))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.USAGE))
        .hasMessage(
            "s3://bucket/store: this Contexture was built without the module for s3. Set"
                + " CONTEXTURE_MODULES=s3 for ./contexture, or build with mvn -Ps3.");
  }
}
