package org.contexture.search;

/**
 * An image that was found.
 *
 * @param id which one
 * @param similarity cosine with the query
 */
public record Match(long id, double similarity) {}
