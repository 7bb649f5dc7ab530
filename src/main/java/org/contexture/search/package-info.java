/**
 * Search by pictures: a gallery of embedded images ({@link org.contexture.search.Gallery}), a
 * network that puts a picture among them ({@link org.contexture.search.ImageSearch}), and a page on
 * this machine that asks for pictures ({@link org.contexture.search.SearchServer}). How neighbours
 * are found is behind {@link org.contexture.search.NearestImages}, and what an image is behind
 * {@link org.contexture.search.GalleryImages}, so that a gallery can come from a store or a file
 * and be searched exactly or not.
 */
package org.contexture.search;
