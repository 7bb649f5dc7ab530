package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code contexture}, with a Java that prints its arguments and a Maven of its kind. */
@Timeout(60)
class LauncherTest {
  private static final int NO_JAVA = 4;
  private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

  @TempDir Path directory;
  private Path home;
  private Path jdk;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void writeProject() throws IOException {
    home = Files.createDirectories(directory.resolve("project"));
    Files.createDirectories(home.resolve("schemas"));
    Files.createDirectories(home.resolve("src/main"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.copy(
        Path.of("contexture"), home.resolve("contexture"), StandardCopyOption.COPY_ATTRIBUTES);
    jdk = directory.resolve("jdk");
    script(
        jdk.resolve("bin/java"),
        """
        echo "$1" >> "$STARTS"
        case $1 in
          -version) echo "openjdk version \\"${VERSION:-17.0.1}\\" 2021-10-19" >&2 ;;
          *) echo "$@" ;;
        esac
        """);
    script(
        directory.resolve("maven/mvn"),
        """
        echo "$@" >> "$BUILDS"
        for word in "$@"; do
          case $word in -Dcontexture.classpath=*) file=${word#*=} ;; esac
        done
        sleep 0.5
        echo "libraries$CONTEXTURE_MODULES.jar" > "$file"
        """);
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", directory.resolve("maven") + ":" + System.getenv("PATH"));
    environment.put("BUILDS", directory.resolve("builds").toString());
    environment.put("STARTS", directory.resolve("starts").toString());
    environment.put("CONTEXTURE_MODULES", "");
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Process start(Path launcher, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Outcome outcome(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), out, err);
  }

  private Outcome run(String... words) throws IOException, InterruptedException {
    return outcome(start(home.resolve("contexture"), words));
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(directory.resolve("builds"));
  }

  @Test
  void itBuildsWhatHasChangedAndThenRunsIt() throws Exception {
    Outcome first = run("plan", "some file.yaml");
    assertThat(first.code()).as("%s", first).isZero();
    assertThat(first.err()).contains("Building Contexture");
    assertThat(first.out())
        .contains("-cp %s/target/contexture.jar:libraries.jar".formatted(home))
        .endsWith("org.contexture.cli.Main plan some file.yaml\n");
    assertThat(run("plan").err()).isEmpty();
    assertThat(builds()).hasSize(1);

    Files.writeString(home.resolve("src/main/New.java"), "class New {}");
    assertThat(run("plan").err()).contains("Building Contexture");
    assertThat(builds()).hasSize(2);
  }

  /** Has Java say which locale of a category it is given. */
  private void showLocale(String category) throws Exception {
    assertThat(run("plan").code()).isZero();
    script(jdk.resolve("bin/java"), "locale | grep %s\n".formatted(category));
  }

  private String withLocale(String variable, String locale) throws Exception {
    environment.put(variable, locale);
    return run("plan").out();
  }

  @Test
  void filesHaveTheirNamesInALocaleWithoutTheirLetters() throws Exception {
    showLocale("LC_CTYPE");
    assertThat(withLocale("LC_ALL", "C")).isEqualTo("LC_CTYPE=C.UTF-8\n");
    assertThat(withLocale("LC_ALL", "C.utf8")).isEqualTo("LC_CTYPE=C.utf8\n");
  }

  @Test
  void theSystemSaysInEnglishThatADiskIsFull() throws Exception {
    showLocale("LC_MESSAGES");
    assertThat(withLocale("LC_MESSAGES", "C.utf8")).isEqualTo("LC_MESSAGES=C\n");
    assertThat(withLocale("LC_ALL", "C.utf8")).isEqualTo("LC_MESSAGES=C\n");
  }

  @Test
  void anotherBuildTakesNoModuleAway() throws Exception {
    environment.put("CONTEXTURE_MODULES", "s3");
    assertThat(run("plan").code()).isZero();
    Files.writeString(home.resolve("target/classpath"), "without.jar");
    assertThat(run("plan").out()).contains("contexture.jar:librariess3.jar ");
    assertThat(builds()).singleElement().asString().contains("-Ps3 ");
  }

  @Test
  void twoAtATimeBuildOnce() throws Exception {
    Process first = start(home.resolve("contexture"), "plan");
    Process second = start(home.resolve("contexture"), "plan");
    assertThat(List.of(outcome(first), outcome(second)))
        .allSatisfy(outcome -> assertThat(outcome.code()).as("%s", outcome).isZero())
        .anySatisfy(outcome -> assertThat(outcome.err()).contains("waiting for it"));
    assertThat(builds()).hasSize(1);
  }

  @Test
  void aBuildThatFailsEndsItWithTheCodeOfTheMachine() throws Exception {
    script(directory.resolve("maven/mvn"), "exit 1");
    Outcome outcome = run("plan");
    assertThat(outcome.code()).isEqualTo(NO_JAVA);
    assertThat(outcome.err()).contains("The build failed; the reason is above.");
  }

  @Test
  void aLinkLeadsHomeWhateverCdpathSays() throws Exception {
    environment.put("CDPATH", directory.toString());
    Path link = Files.createDirectories(directory.resolve("bin")).resolve("contexture");
    Files.createSymbolicLink(link, Path.of("../project/contexture"));
    Outcome outcome = outcome(start(link, "plan"));
    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out()).contains("-Dcontexture.home=%s ".formatted(home));
    assertThat(outcome(start(Path.of("project/contexture"), "plan")).code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_402", "11.0.22", "16-ea"})
  void anOldJavaIsRefused(String version) throws Exception {
    environment.put("VERSION", version);
    assertNoJava(run("plan"));
    assertThat(directory.resolve("builds")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21.0.2", "25-ea"})
  void aNewJavaIsTaken(String version) throws Exception {
    environment.put("VERSION", version);
    assertThat(run("plan").code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_402", "11.0.22", "16"})
  void anOldJavaIsRefusedWhereAllIsBuilt(String version) throws Exception {
    assertThat(run("plan").code()).isZero();
    tell(jdk, version);

    assertNoJava(run("plan"));
  }

  @Test
  void theJavaOfAnOldJdkIsRefusedToo() throws Exception {
    assertThat(run("plan").code()).isZero();
    script(jdk.resolve("jre/bin/java"), "exit 1");
    tell(jdk, "1.8.0_402");
    Path link = Files.createDirectories(directory.resolve("programs")).resolve("java");
    Files.createSymbolicLink(link, jdk.resolve("jre/bin/java"));
    environment.put("JAVA_HOME", "");
    environment.put("PATH", link.getParent() + ":" + environment.get("PATH"));

    assertNoJava(run("plan"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21.0.2", "100.0.1"})
  void aNewJavaIsNotStartedToBeAskedWhatItIs(String version) throws Exception {
    assertThat(run("plan").code()).isZero();
    tell(jdk, version);
    Files.delete(directory.resolve("starts"));

    assertThat(run("plan").code()).isZero();

    assertThat(directory.resolve("starts")).content().hasLineCount(1).doesNotContain("-version");
  }

  /** Writes what lies beside a Java. */
  private static void tell(Path jdk, String version) throws IOException {
    Files.writeString(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"N/A\"\nJAVA_RUNTIME_VERSION=\"9\"\nJAVA_VERSION=\"%s\"\nJAVA_VERSION_DATE=\"2024\"\n"
            .formatted(version));
  }

  @Test
  void numbersAreThoseOfEnglishWhereverItRuns() throws Exception {
    environment.put("LC_ALL", "ar_EG.UTF-8");

    assertThat(run("plan").out()).contains("-Duser.language.format=en -Duser.country.format=US ");
  }

  @Test
  void aJavaThatIsNotThereIsMissed() throws Exception {
    environment.put("JAVA_HOME", directory.resolve("none").toString());
    assertNoJava(run("plan"));
  }

  private static void assertNoJava(Outcome outcome) {
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(NO_JAVA);
    assertThat(outcome.err())
        .isEqualTo("Contexture needs JDK 17 or newer: install one, or let JAVA_HOME name it.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "plan, true",
    "run, false",
    "--verbose run file, false",
    "datasets --verbose verify, false",
    "search --image x, false",
    "datasets list, true",
    "datasets verify, false",
    "splits export file, false",
    "schema toy, true"
  })
  void whatOnlyLooksIsLeftToTheFirstCompiler(String words, boolean first) throws Exception {
    assertThat(run(words.split(" ", -1)).out().contains(FIRST_COMPILER)).isEqualTo(first);
  }
}
