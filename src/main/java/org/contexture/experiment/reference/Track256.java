package org.contexture.experiment.reference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of the 256 track, which share their flags (reference specification, section 1). What
 * they have no flag for is as it is there: samplers, schedule, and what of the backbone trains.
 */
final class Track256 implements ReferenceProgram {
  private static final int IMAGES_PER_CLASS = 4;
  private static final int INAT_BATCH = 256;
  private static final String PLAIN = "none";

  /** A program. */
  enum Script {
    MAIN("main.py"),
    /** Adds the similarity regulariser to other losses too. */
    REGULARISED("main_reg_sim.py"),
    /** Has a flag for ablations, which does nothing. */
    ABLATIONS("ablations.py");

    private final String file;

    Script(String file) {
      this.file = file;
    }
  }

  private final Script script;

  Track256(Script script) {
    this.script = script;
  }

  @Override
  public String file() {
    return script.file;
  }

  @Override
  public List<Flag> flags() {
    List<Flag> flags =
        new ArrayList<>(
            List.of(
                Flag.choice("--trainxform", "bigtrain", List.of("bigtrain", PLAIN)),
                Flag.choice("--testxform", "bigtest", List.of("bigtest", PLAIN)),
                Flag.text("--root", ""),
                Flag.number("--lam", "0.4"),
                Flag.number("--gamma", "0.1"),
                Flag.choice("--loss", "hybrid", Loss256.words()),
                Flag.whole("--embedding_size", 512),
                Flag.whole("--batch_size", 128),
                Flag.whole("--n_epochs", 80),
                Flag.whole("--test_freq", 5),
                Flag.number("--lr", "0.00001"),
                Flag.number("--weight_decay", "0.0001"),
                Flag.number("--eps", "0.05"),
                Flag.whole("--start_epoch", 0),
                Flag.text("--checkpoint", ""),
                Flag.choice("--dataset", "", Dataset256.words()),
                Flag.number("--neg_margins", "0.6"),
                Flag.number("--pos_margins", "0.75"),
                Flag.number("--reg_sim", "0.25"),
                Flag.number("--loss_lr", "0.001")));
    if (script == Script.ABLATIONS) {
      flags.add(Flag.whole("--ablation", 0));
    }
    return flags;
  }

  @Override
  public void translate(Flags flags, ExperimentText experiment, Findings findings) {
    Dataset256 dataset = Dataset256.of(flags.text("--dataset"));
    Loss256 loss = Loss256.of(flags.text("--loss"));
    judge(dataset, flags, findings);
    explain(dataset, loss, flags, findings);
    boolean isPlain = flags.text("--trainxform").equals(PLAIN) && hasPlainImages(dataset, flags);
    experiment.set("name", "%s-256-%s".formatted(dataset.shortName(), flags.text("--loss")));
    experiment.set("seed", 1);
    experiment.set("benchmark.name", dataset.benchmark());
    experiment.set("benchmark.validation_share", 0);
    if (isPlain) {
      Dataset256.plainImages(experiment);
    } else {
      dataset.images(experiment);
    }
    experiment.set("model.backbone", "resnet50");
    experiment.set("model.head", dataset.head());
    experiment.set("model.embedding_size", flags.whole("--embedding_size"));
    experiment.set("model.weights", "imagenet");
    train(dataset, loss, flags, experiment);
    augmentation(isPlain, experiment);
    experiment.set("train.select", script == Script.REGULARISED ? "last" : "test");
    experiment.set("train.validate_every", flags.whole("--test_freq"));
    experiment.set("control", false);
    experiment.set("evaluate.recall_at", dataset.recallAt());
  }

  private void train(Dataset256 dataset, Loss256 loss, Flags flags, ExperimentText experiment) {
    if (script == Script.REGULARISED && loss.isRegularised()) {
      loss.writeRegularised(flags, experiment);
    } else {
      loss.write(flags, experiment);
    }
    experiment.set("train.epochs", flags.whole("--n_epochs"));
    experiment.set("train.classes_per_batch", flags.whole("--batch_size") / IMAGES_PER_CLASS);
    experiment.set("train.images_per_class", IMAGES_PER_CLASS);
    dataset.sampler(experiment);
    experiment.set("train.learning_rate", flags.number("--lr"));
    experiment.set("train.backbone_rate", new BigDecimal("0.5"));
    if (loss.hasProxies() && flags.number("--lr").signum() != 0) {
      experiment.set(
          "train.loss_rate",
          flags.number("--loss_lr").divide(flags.number("--lr"), MathContext.DECIMAL64));
    }
    experiment.set("train.optimiser", "adam");
    experiment.set("train.weight_decay", flags.number("--weight_decay"));
    experiment.set("train.warmup_steps", 0);
    experiment.set("train.schedule", "multi_step");
    experiment.set("train.milestones", List.of(15, 30, 45));
    experiment.set("train.decay_factor", new BigDecimal("0.3"));
    experiment.set("train.batch_norm", "frozen_statistics");
  }

  private static void augmentation(boolean isPlain, ExperimentText experiment) {
    experiment.set("train.augmentation.min_scale", isPlain ? "1" : "0.16");
    experiment.set("train.augmentation.min_aspect", isPlain ? "1" : "0.75");
    experiment.set("train.augmentation.max_aspect", isPlain ? "1" : "1.33");
    experiment.set("train.augmentation.flip", !isPlain);
  }

  /** Whether the transform none is asked for where it can be had. */
  private static boolean hasPlainImages(Dataset256 dataset, Flags flags) {
    return flags.text("--trainxform").equals(PLAIN)
        && flags.text("--testxform").equals(PLAIN)
        && dataset != Dataset256.INAT;
  }

  private void judge(Dataset256 dataset, Flags flags, Findings findings) {
    long batch = flags.whole("--batch_size");
    int multiple = dataset.hasSuperClasses() ? 2 * IMAGES_PER_CLASS : IMAGES_PER_CLASS;
    if (batch < multiple || batch % multiple != 0) {
      findings.problem(
          "--batch_size: is %d; allowed with %s: a multiple of %d"
              .formatted(batch, flags.text("--dataset"), multiple));
    } else if (dataset == Dataset256.INAT && batch != INAT_BATCH) {
      findings.problem(
          "--batch_size: is %d; the paper's code takes %d with iNat, and nothing else"
              .formatted(batch, INAT_BATCH));
    }
    if (script != Script.MAIN && dataset == Dataset256.INSHOP) {
      findings.problem("--dataset: is 'inshop', which %s does not know".formatted(script.file));
    } else if (script == Script.ABLATIONS && dataset == Dataset256.INAT) {
      findings.problem("--dataset: is 'iNat', with which ablations.py stops for want of a sampler");
    }
    if (flags.whole("--start_epoch") > 0 && flags.text("--checkpoint").isEmpty()) {
      findings.problem("--start_epoch: goes with --checkpoint, which is not given");
    }
  }

  private void explain(Dataset256 dataset, Loss256 loss, Flags flags, Findings findings) {
    findings.remark(
        "The paper's code computes the network in float16 where it can (autocast);"
            + " model.precision is float32 here.");
    findings.remark("The paper's code seeds nothing here; the seed of the experiment is 1.");
    flags.withoutEquivalent(
        "--root", "files are fetched; a folder that has them already goes into fetch.mirror.");
    String resuming = "the same command again goes on where a training ended.";
    flags.withoutEquivalent("--start_epoch", resuming);
    flags.withoutEquivalent("--checkpoint", resuming);
    boolean isPlainAsked =
        flags.text("--trainxform").equals(PLAIN) || flags.text("--testxform").equals(PLAIN);
    if (isPlainAsked && !hasPlainImages(dataset, flags)) {
      String reason =
          dataset == Dataset256.INAT
              ? "images of iNaturalist are resized once here, not twice; left out."
              : "images to train on and to test on have one size here; left out.";
      flags.withoutEquivalent("--trainxform", reason);
      flags.withoutEquivalent("--testxform", reason);
    }
    if (dataset == Dataset256.INAT) {
      findings.remark(
          "The paper's split of iNaturalist was drawn without a seed; benchmark.split_lists takes"
              + " its lists.");
    }
    explainLoss(loss, flags, findings);
    explainTests(flags, findings);
  }

  private void explainLoss(Loss256 loss, Flags flags, Findings findings) {
    String withLoss = " with --loss " + flags.text("--loss");
    if (loss != Loss256.HYBRID) {
      flags.withoutEffect(withLoss, "--lam", "--eps", "--pos_margins", "--neg_margins");
      if (script != Script.REGULARISED || !loss.isRegularised()) {
        flags.withoutEffect(withLoss, "--gamma", "--reg_sim");
      }
    }
    if (loss.hasProxies()) {
      findings.remark(
          "The paper's code keeps the learning rate of the proxies, and decays their weights by"
              + " 0.0001; here their rate falls with the others, and they do not decay.");
    } else {
      flags.withoutEffect(withLoss, "--loss_lr");
    }
    if (flags.isGiven("--ablation")) {
      findings.remark(
          "--ablation has no effect in the paper's code, which calls the loss as it is;"
              + " train.loss.ablation makes the ablations.");
    }
  }

  private void explainTests(Flags flags, Findings findings) {
    long every = flags.whole("--test_freq");
    if (script == Script.REGULARISED) {
      findings.remark(
          "main_reg_sim.py measures R@1 on the test images as it goes, and keeps the last weights;"
              + " select: test gives the curve, and the best.");
    } else if (every > 0 && flags.whole("--n_epochs") % every != 0) {
      findings.remark("The last epoch is measured too, which the paper's code leaves out.");
    }
  }
}
