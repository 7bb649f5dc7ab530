package org.contexture.loss;

/**
 * A number that a loss can be tuned with.
 *
 * @param key the option's name in experiment files; a dot separates levels ({@code
 *     weights.contextual})
 * @param defaultValue the published value
 * @param minimum the smallest value that makes sense, inclusive
 * @param maximum the largest value that makes sense, inclusive
 * @param description what it does, in a sentence
 */
public record LossOption(
    String key, double defaultValue, double minimum, double maximum, String description) {}
