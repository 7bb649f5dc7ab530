/**
 * The commands. Exit codes: 0 done; 1 a defect in Contexture itself; 2 a mistake in the command or
 * the experiment file; 3 the data; 4 the machine (disk, permissions); 5 a stage that failed for any
 * other reason; 130 interrupted.
 */
package org.contexture.cli;
