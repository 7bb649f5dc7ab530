package org.contexture.experiment.keys;

/**
 * A setting as it holds, and why.
 *
 * @param key the dotted path
 * @param value as it would be written in a file
 * @param source {@code default}, {@code file:line:column} or {@code --set key=value}
 */
public record EffectiveSetting(String key, String value, String source) {}
