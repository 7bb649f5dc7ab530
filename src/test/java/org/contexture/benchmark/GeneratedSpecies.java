package org.contexture.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Species in the eleven super categories of iNaturalist 2021, in about the official proportions.
 *
 * @param number of the species, from 0, without gaps
 * @param kind the super category
 * @param taxonomy kingdom, phylum, class, order and family
 */
record GeneratedSpecies(int number, String kind, List<String> taxonomy) {

  /** So few that half of them, and of that half two more halves, still hold two each. */
  private static final int FEWEST_OF_A_KIND = 4;

  private static final String GENUS = "Generatus";

  GeneratedSpecies {
    taxonomy = List.copyOf(taxonomy);
  }

  /**
   * A super category.
   *
   * @param species how many the official data set has of it, of 10,000
   * @param taxonomy of a family in it
   */
  private record Kind(String name, int species, List<String> taxonomy) {
    static Kind of(String name, int species, String... taxonomy) {
      return new Kind(name, species, List.of(taxonomy));
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.of(
              "Animalia", 142, "Animalia", "Annelida", "Clitellata", "Haplotaxida", "Lumbricidae"),
          Kind.of("Arachnids", 153, "Animalia", "Arthropoda", "Arachnida", "Araneae", "Araneidae"),
          Kind.of(
              "Insects", 2526, "Animalia", "Arthropoda", "Insecta", "Lepidoptera", "Nymphalidae"),
          Kind.of(
              "Ray-finned Fishes",
              183,
              "Animalia",
              "Chordata",
              "Actinopterygii",
              "Perciformes",
              "Centrarchidae"),
          Kind.of("Amphibians", 170, "Animalia", "Chordata", "Amphibia", "Anura", "Hylidae"),
          Kind.of("Birds", 1486, "Animalia", "Chordata", "Aves", "Passeriformes", "Passerellidae"),
          Kind.of("Mammals", 246, "Animalia", "Chordata", "Mammalia", "Carnivora", "Mustelidae"),
          Kind.of(
              "Reptiles", 313, "Animalia", "Chordata", "Reptilia", "Squamata", "Phrynosomatidae"),
          Kind.of(
              "Mollusks",
              169,
              "Animalia",
              "Mollusca",
              "Gastropoda",
              "Stylommatophora",
              "Helicidae"),
          Kind.of(
              "Fungi",
              341,
              "Fungi",
              "Basidiomycota",
              "Agaricomycetes",
              "Agaricales",
              "Amanitaceae"),
          Kind.of(
              "Plants",
              4271,
              "Plantae",
              "Tracheophyta",
              "Magnoliopsida",
              "Asterales",
              "Asteraceae"));

  static final int FEWEST = FEWEST_OF_A_KIND * KINDS.size();

  /**
   * So many species, those of one kind after one another.
   *
   * @param count at least {@link #FEWEST}
   */
  static List<GeneratedSpecies> of(int count) {
    if (count < FEWEST) {
      throw new IllegalArgumentException("%d species; at least %d".formatted(count, FEWEST));
    }
    int[] shares = KINDS.stream().mapToInt(kind -> FEWEST_OF_A_KIND).toArray();
    for (int given = FEWEST; given < count; given++) {
      shares[poorest(shares)]++;
    }
    List<GeneratedSpecies> all = new ArrayList<>();
    for (int kind = 0; kind < shares.length; kind++) {
      for (int i = 0; i < shares[kind]; i++) {
        all.add(
            new GeneratedSpecies(all.size(), KINDS.get(kind).name(), KINDS.get(kind).taxonomy()));
      }
    }
    return all;
  }

  /** The kind that is farthest behind its official share. */
  private static int poorest(int[] shares) {
    return IntStream.range(0, shares.length)
        .boxed()
        .max(
            Comparator.comparingDouble(
                kind -> (double) KINDS.get(kind).species() / (shares[kind] + 1)))
        .orElseThrow();
  }

  String name() {
    return GENUS + " " + epithet();
  }

  String genus() {
    return GENUS;
  }

  String epithet() {
    return String.format(Locale.ROOT, "numeri-%05d", number);
  }

  /** The folder of its images, below {@code train_mini/}. */
  String folder() {
    return "%05d_%s_%s_%s".formatted(number, String.join("_", taxonomy), GENUS, epithet());
  }
}
