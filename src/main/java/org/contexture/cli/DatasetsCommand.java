package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.contexture.fetch.ByteCount;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Listing;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.RecordPrinter;
import org.contexture.pipeline.Store;
import org.contexture.pipeline.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into the store. */
@Command(
    name = "datasets",
    description = "List, show, verify and remove datasets in the store.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show | verify | gc)")
final class DatasetsCommand {
  private static final int DATA_IS_WRONG = 3;

  @Spec CommandSpec spec;

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(description = "List every dataset.", mixinStandardHelpOptions = true)
  int list(@Mixin StoreOption store) {
    Table table = new Table("dataset", "records", "rejected", "size", "made", "by");
    for (Manifest manifest : store.open().datasets()) {
      table.row(
          manifest.id().toString(),
          Long.toString(manifest.records()),
          Long.toString(manifest.rejected()),
          ByteCount.text(manifest.bytesOnDisk()),
          manifest.started(),
          manifest.runner());
    }
    table.print(out());
    return 0;
  }

  @Command(
      description = "Show what a dataset is, what it was made from, what was made from it.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin StoreOption option,
      @Parameters(paramLabel = "STAGE/FINGERPRINT", description = "The dataset.") String dataset,
      @Option(
              names = "--records",
              paramLabel = "N",
              defaultValue = "3",
              description = "How many records to show (default: ${DEFAULT-VALUE}).")
          int records)
      throws IOException {
    Store store = option.open();
    Manifest manifest = store.resolve(DatasetId.parse(dataset));
    PrintWriter out = out();
    out.printf("dataset      %s%n", manifest.id());
    out.printf("fingerprint  %s%n", manifest.fingerprint());
    out.printf(
        "records      %d of %s, %d rejected%n",
        manifest.records(), manifest.recordType(), manifest.rejected());
    out.printf("shards       %d, %s%n", manifest.files().size(), ByteCount.text(manifest.bytes()));
    for (Manifest.Attachment file : manifest.attachments()) {
      out.printf(
          "file         %s, %s, SHA-256 %s%n",
          file.name(), ByteCount.text(file.bytes()), file.sha256());
    }
    out.printf(
        Locale.ROOT,
        "made         %s in %.1f s by stage %s version %d, %s, contexture %s%n",
        manifest.started(),
        manifest.seconds(),
        manifest.stage(),
        manifest.version(),
        manifest.runner(),
        manifest.codeVersion());
    out.printf("settings     %s%n", manifest.settings());
    manifest.inputs().forEach((part, input) -> out.printf("made from    %s (%s)%n", input, part));
    for (Manifest other : store.datasets()) {
      DatasetId id = other.id();
      if (id.result().equals(manifest.id().result()) && !id.equals(manifest.id())) {
        out.printf("beside       %s%n", id);
      } else if (id.equals(id.result()) && other.inputs().containsValue(manifest.id())) {
        out.printf("used by      %s%n", id);
      }
    }
    store
        .experiments()
        .forEach(
            (experiment, datasets) -> {
              if (datasets.contains(manifest.id())) {
                out.printf("experiment   %s%n", experiment);
              }
            });
    for (String line : new RecordPrinter(store, manifest).first(records)) {
      out.println(line);
    }
    return 0;
  }

  @Command(
      description = "Check every byte of datasets against manifests and checksums.",
      mixinStandardHelpOptions = true)
  int verify(
      @Mixin StoreOption option,
      @Parameters(
              paramLabel = "STAGE/FINGERPRINT",
              arity = "0..*",
              description = "The datasets (default: all).")
          List<String> datasets)
      throws IOException {
    Store store = option.open();
    List<Manifest> manifests = new ArrayList<>();
    int damaged = 0;
    if (datasets == null || datasets.isEmpty()) {
      Listing listing = store.listed();
      manifests.addAll(listing.manifests());
      listing.damaged().forEach((id, why) -> out().printf("damaged %s%n  %s%n", id, why));
      damaged = listing.damaged().size();
    } else {
      datasets.forEach(text -> manifests.add(store.resolve(DatasetId.parse(text))));
    }
    int all = manifests.size() + damaged;
    for (Manifest manifest : manifests) {
      List<String> problems = new Verification(store, manifest).problems();
      out().printf("%s %s%n", problems.isEmpty() ? "whole  " : "damaged", manifest.id());
      problems.forEach(problem -> out().println("  " + problem));
      damaged += problems.isEmpty() ? 0 : 1;
    }
    out().printf("%d of %d datasets are whole.%n", all - damaged, all);
    return damaged == 0 ? 0 : DATA_IS_WRONG;
  }

  @Command(
      description = "Remove datasets that no experiment refers to, and remains of crashes.",
      mixinStandardHelpOptions = true)
  int gc(
      @Mixin StoreOption option,
      @Option(names = "--delete", description = "Remove them; without this they are only listed.")
          boolean delete,
      @Option(
              names = "--forget",
              paramLabel = "EXPERIMENT",
              description = "First forget an experiment. May be repeated.")
          Set<String> forgotten)
      throws IOException, InterruptedException {
    Store store = option.open();
    Set<String> toForget = forgotten == null ? Set.of() : forgotten;
    toForget.forEach(store::requireExperiment);
    Set<DatasetId> wanted = new HashSet<>();
    store
        .experiments()
        .forEach(
            (experiment, datasets) -> {
              if (!toForget.contains(experiment)) {
                wanted.addAll(datasets);
              }
            });
    if (delete) {
      for (String experiment : toForget) {
        store.forget(experiment);
      }
    }
    long bytes = 0;
    int count = 0;
    for (Manifest manifest : store.datasets()) {
      if (!wanted.contains(manifest.id().result())) {
        out().printf("%s %s%n", manifest.id(), ByteCount.text(manifest.bytesOnDisk()));
        if (delete && !store.deleteUnwanted(manifest.id())) {
          out().println("  It stays: somebody makes it, or an experiment refers to it by now.");
          continue;
        }
        bytes += manifest.bytesOnDisk();
        count++;
      }
    }
    for (String leftover : store.leftovers()) {
      out().printf("%s (left by a crash)%n", leftover);
      if (delete && !store.deleteLeftover(leftover)) {
        out().println("  It stays: somebody has gone on with it.");
      }
    }
    out()
        .printf(
            "%d datasets, %s%s%n",
            count,
            ByteCount.text(bytes),
            delete ? ", removed." : ". Nothing was removed: add --delete.");
    return 0;
  }
}
