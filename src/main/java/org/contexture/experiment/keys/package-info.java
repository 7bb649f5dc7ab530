/**
 * What a settings file may say, declared once. A {@link org.contexture.experiment.keys.Section} is
 * a list of {@link org.contexture.experiment.keys.Key}s, each with its type, range, default and a
 * sentence; from it follow reading with every problem at once ({@link
 * org.contexture.experiment.keys.SettingsFile}), the JSON Schema ({@link
 * org.contexture.experiment.keys.SettingsSchema}) and the reference table ({@link
 * org.contexture.experiment.keys.SettingsReference}). Knows nothing of experiments.
 *
 * <p>Values come in layers: defaults, then the file, then {@code --set} on the command line; the
 * newest wins key by key, sections are merged. Only the winning value is judged. Every value keeps
 * its {@link org.contexture.experiment.keys.Origin}.
 *
 * <p>The file is hostile until read: its size, nesting and aliases are bounded, type tags and
 * duplicate keys are refused, and what messages quote from it is shortened and free of control
 * characters. Words mean what the YAML 1.2 core schema says ({@code yes} is text, {@code 1e-3} is a
 * number).
 */
package org.contexture.experiment.keys;
