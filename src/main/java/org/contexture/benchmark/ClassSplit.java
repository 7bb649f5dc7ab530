package org.contexture.benchmark;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Takes a share of some classes by chance: those whose names have the smallest SHA-256 together
 * with the seed. Depends on nothing but names, seed and purpose, so that it is the same everywhere,
 * and a class that comes or goes moves few others.
 */
public final class ClassSplit {
  private final String salt;

  /**
   * A way to choose.
   *
   * @param purpose what the share is for; different purposes choose independently
   */
  public ClassSplit(long seed, String purpose) {
    salt = seed + "/" + purpose + "/";
  }

  /** {@code share} of the classes, 0 to 1, rounded to the nearest number of classes. */
  public Set<String> share(Collection<String> classes, double share) {
    Set<String> distinct = new TreeSet<>(classes);
    return some(distinct, Math.round(share * distinct.size()));
  }

  /** So many of the classes. */
  Set<String> some(Set<String> classes, long count) {
    Set<String> chosen = new TreeSet<>();
    classes.stream().sorted(Comparator.comparing(this::rank)).limit(count).forEach(chosen::add);
    return chosen;
  }

  private String rank(String name) {
    return DigestUtils.sha256Hex(salt + name);
  }
}
