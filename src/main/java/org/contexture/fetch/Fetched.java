package org.contexture.fetch;

import java.net.URI;
import java.nio.file.Path;

/**
 * A file that is here.
 *
 * @param path where
 * @param bytes its length
 * @param sha256 of its content
 * @param source where it came from
 */
public record Fetched(Path path, long bytes, Checksum sha256, URI source) {}
