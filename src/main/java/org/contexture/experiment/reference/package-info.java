/**
 * The command lines of the paper's code, and the experiments that are the same. {@link
 * org.contexture.experiment.reference.ReferenceCommand} takes one to the text of an experiment
 * file, by way of words, flags and the program that they are given to; what has no equivalent, or
 * no effect there, is named.
 */
package org.contexture.experiment.reference;
