/**
 * Trained models outside of any experiment: the files they are handed on as, and the embeddings
 * they give of images in a folder.
 */
package org.contexture.embedding;
