/**
 * The benchmarks: where their files come from, how their labels are read, and how their classes are
 * split. Bytes from outside are hostile here: paths cannot leave their archive or folder, links are
 * not followed, sizes are bounded, and whatever is refused is named with its reason.
 */
package org.contexture.benchmark;
