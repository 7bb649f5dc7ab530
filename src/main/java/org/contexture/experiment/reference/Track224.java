package org.contexture.experiment.reference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The program of the 224 track, {@code 224x224/train.py} (reference specification, section 2). */
final class Track224 implements ReferenceProgram {
  private static final int IMAGES_OF_AN_EPOCH = 84_480;
  private static final BigDecimal PROXY_RATE = new BigDecimal(100);
  private static final List<Integer> GROUP_SIZES = List.of(4, 2, 1);
  private static final String IDENTITY = "identity";

  @Override
  public String file() {
    return "train.py";
  }

  @Override
  public List<Flag> flags() {
    return List.of(
        Flag.choice("--dataset", "cub", Dataset224.words()),
        Flag.whole("--embedding-size", 512),
        Flag.whole("--train_embedding", 2048),
        Flag.whole("--batch-size", 128),
        Flag.whole("--epochs", 80),
        Flag.whole("--gpu-id", 0),
        Flag.whole("--workers", 8),
        Flag.choice("--loss", "Hybrid", Loss224.words()),
        Flag.choice("--optimizer", "adamw", List.of("adamw")),
        Flag.choice("--bottleneck", "linear", List.of("linear", IDENTITY)),
        Flag.number("--lr", "1e-4"),
        Flag.number("--weight-decay", "1e-4"),
        Flag.whole("--lr-decay-step", 5),
        Flag.number("--lr-decay-gamma", "0.5"),
        Flag.whole("--gem", 1),
        Flag.number("--projector_lr_multi", "2"),
        Flag.number("--embedding_lr_multi", "1"),
        Flag.text("--data_root", ""),
        Flag.number("--gamma", "0.1"),
        Flag.number("--lam", "0.5"),
        Flag.number("--pos_margin", "0.75"),
        Flag.number("--neg_margin", "0.6"),
        Flag.number("--regsim", "0.3"),
        Flag.whole("--seed", 0),
        Flag.number("--alpha", "32"),
        Flag.number("--mrg", "0.1"),
        Flag.whole("--IPC", 4),
        Flag.whole("--warm", 0),
        Flag.whole("--hierarchical", 0),
        Flag.whole("--bn-freeze", 1),
        Flag.whole("--testfreq", 10),
        Flag.number("--eps", "0.05"),
        Flag.number("--xform_scale", "0.08"));
  }

  @Override
  public void translate(Flags flags, ExperimentText experiment, Findings findings) {
    Dataset224 dataset = Dataset224.of(flags.text("--dataset"));
    Loss224 loss = Loss224.of(flags.text("--loss"));
    judge(dataset, loss, flags, findings);
    findings.requireNoProblem();
    explain(loss, flags, findings);
    experiment.set("name", "%s-224-%s".formatted(dataset.shortName(), loss.shortName()));
    experiment.set("seed", Math.max(1, flags.whole("--seed")));
    experiment.set("benchmark.name", dataset.benchmark());
    experiment.set("benchmark.validation_share", 0);
    experiment.set("images.size", 224);
    experiment.set("images.encoding", "original");
    experiment.set("images.test_resize", "short_side");
    experiment.set("images.test_size", 256);
    experiment.set("model.backbone", "resnet50");
    experiment.set("model.head", flags.truth("--gem") ? "gem_linear" : "average_max_linear");
    experiment.set("model.embedding_size", flags.whole("--embedding-size"));
    experiment.set("model.weights", "imagenet");
    loss.write(flags, experiment);
    experiment.set("train.epochs", flags.whole("--epochs"));
    batches(flags, experiment);
    rates(loss, flags, experiment);
    schedule(flags, experiment);
    experiment.set("train.augmentation.min_scale", flags.number("--xform_scale"));
    experiment.set("train.augmentation.min_aspect", new BigDecimal("0.75"));
    experiment.set("train.augmentation.max_aspect", BigDecimal.valueOf(4.0 / 3));
    experiment.set("train.augmentation.flip", true);
    experiment.set("train.select", "last");
    experiment.set("train.validate_every", flags.whole("--testfreq"));
    if (flags.isGiven("--workers") && flags.whole("--workers") > 0) {
      experiment.set("train.loader_threads", flags.whole("--workers"));
    }
    experiment.set("control", false);
    experiment.set("evaluate.recall_at", dataset.recallAt());
  }

  private static void batches(Flags flags, ExperimentText experiment) {
    long batch = flags.whole("--batch-size");
    long images =
        flags.whole("--IPC") > 0
            ? flags.whole("--IPC")
            : GROUP_SIZES.stream().filter(size -> batch % size == 0).findFirst().orElseThrow();
    experiment.set("train.classes_per_batch", batch / images);
    experiment.set("train.images_per_class", images);
    if (flags.truth("--hierarchical")) {
      experiment.set("train.sampler.name", "super_class_halves");
      experiment.set("train.sampler.batches_per_pair", 10);
      experiment.set("train.sampler.multiplier", 66);
      experiment.set("train.sampler.most_batches", IMAGES_OF_AN_EPOCH / batch);
    } else {
      experiment.set("train.sampler.name", flags.whole("--IPC") > 0 ? "pooled" : "shuffled");
    }
  }

  /** Rates are multiples of the head's here, and of the backbone's there. */
  private static void rates(Loss224 loss, Flags flags, ExperimentText experiment) {
    BigDecimal head = flags.number("--embedding_lr_multi");
    experiment.set("train.learning_rate", flags.number("--lr").multiply(head));
    experiment.set("train.backbone_rate", ratio(BigDecimal.ONE, head));
    if (loss.hasProxies()) {
      experiment.set("train.loss_rate", ratio(PROXY_RATE, head));
    }
    if (!flags.text("--bottleneck").equals(IDENTITY)) {
      experiment.set("train.projector_size", flags.whole("--train_embedding"));
      experiment.set("train.projector_rate", ratio(flags.number("--projector_lr_multi"), head));
    }
  }

  private static BigDecimal ratio(BigDecimal rate, BigDecimal head) {
    return rate.divide(head, MathContext.DECIMAL64);
  }

  private static void schedule(Flags flags, ExperimentText experiment) {
    experiment.set("train.optimiser", "adamw");
    experiment.set("train.weight_decay", flags.number("--weight-decay"));
    experiment.set("train.warmup_steps", 0);
    experiment.set("train.schedule", "step");
    experiment.set("train.step_epochs", flags.whole("--lr-decay-step"));
    experiment.set("train.decay_factor", flags.number("--lr-decay-gamma"));
    experiment.set("train.batch_norm", batchNorm(flags));
    experiment.set("train.frozen_epochs", Math.max(0, flags.whole("--warm")));
  }

  /** The end of a warm-up lets scale and shift train, whatever {@code --bn-freeze} says. */
  private static String batchNorm(Flags flags) {
    if (!flags.truth("--bn-freeze")) {
      return "training";
    }
    return flags.whole("--warm") > 0 ? "frozen_statistics" : "frozen";
  }

  private static void judge(Dataset224 dataset, Loss224 loss, Flags flags, Findings findings) {
    long images = flags.whole("--IPC");
    long batch = flags.whole("--batch-size");
    boolean isHierarchical = flags.truth("--hierarchical");
    if (batch < 2 || images < 0 || (images > 0 && batch % images != 0)) {
      findings.problem(
          "--batch-size: is %d, with --IPC %d; allowed: a multiple of --IPC, which is 0 or more"
              .formatted(batch, images));
    }
    if (images == 0 && (loss == Loss224.HYBRID || isHierarchical)) {
      findings.problem(
          "--IPC: is 0; allowed with %s: 1 and more"
              .formatted(isHierarchical ? "--hierarchical" : "--loss Hybrid"));
    }
    if (isHierarchical && dataset != Dataset224.SOP) {
      findings.problem(
          "--hierarchical: goes with --dataset SOP, which alone has super classes there");
    }
    if (flags.number("--embedding_lr_multi").signum() <= 0) {
      findings.problem("--embedding_lr_multi: allowed: a number above 0");
    }
    boolean isProjected = !flags.text("--bottleneck").equals(IDENTITY);
    boolean isOfOneSize = flags.whole("--train_embedding") == flags.whole("--embedding-size");
    if (loss.needsProjector() && !isProjected && !isOfOneSize) {
      findings.problem(
          "--bottleneck: is 'identity', with which --loss %s stops unless --train_embedding is as large as --embedding-size"
              .formatted(flags.text("--loss")));
    }
  }

  private static void explain(Loss224 loss, Flags flags, Findings findings) {
    findings.remark(
        "The paper's code computes the network in float16 where it can (autocast);"
            + " model.precision is float32 here.");
    findings.remark(
        "The paper's code measures R@1 on the test images, and on those it trains on, as it goes;"
            + " here the last weights are measured, and select: test gives the curve of the test"
            + " images, and the best.");
    flags.withoutEquivalent(
        "--data_root", "files are fetched; a folder that has them already goes into fetch.mirror.");
    if (flags.whole("--seed") <= 0) {
      findings.remark("The paper's code draws a seed here; the seed of the experiment is 1.");
    }
    if (loss.hasProxies()) {
      findings.remark(
          "The paper's code has as many proxies as images to train on, and decays their weights;"
              + " here there is one for each class, and they do not decay.");
    }
    explainFlags(loss, flags);
  }

  private static void explainFlags(Loss224 loss, Flags flags) {
    String withLoss = " with --loss " + flags.text("--loss");
    flags.withoutEffect("", "--gpu-id");
    if (loss != Loss224.HYBRID) {
      flags.withoutEffect(withLoss, "--lam", "--eps", "--pos_margin", "--neg_margin");
    }
    if (loss != Loss224.PROXY_ANCHOR) {
      flags.withoutEffect(withLoss, "--alpha", "--mrg");
    }
    if (flags.number("--gamma").signum() == 0) {
      flags.withoutEffect(" with --gamma 0", "--regsim");
    }
    if (flags.text("--bottleneck").equals(IDENTITY)) {
      flags.withoutEffect(" with --bottleneck identity", "--projector_lr_multi");
      if (!loss.needsProjector()) {
        flags.withoutEffect(" with --bottleneck identity", "--train_embedding");
      }
    }
  }
}
