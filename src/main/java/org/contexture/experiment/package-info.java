/**
 * Experiments: what a file in {@code pipelines/} may say, and the settings it makes.
 *
 * <p>{@link org.contexture.experiment.ExperimentFile} reads one into {@link
 * org.contexture.experiment.ExperimentSettings}. Each settings type declares its own keys beside
 * its components, once: reading, defaults, JSON Schema and documentation all follow from that
 * declaration. Settings are canonical: every default is filled in, what has no effect is absent,
 * and files that mean the same make equal settings.
 */
package org.contexture.experiment;
