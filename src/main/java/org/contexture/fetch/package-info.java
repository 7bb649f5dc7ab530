/**
 * Brings files from elsewhere, each to the byte the one that was asked for: from a folder, or over
 * HTTP with resumption, patience and suspicion. A plain library; it knows no data set.
 */
package org.contexture.fetch;
