/**
 * Pictures as 8-bit RGB rasters: decoding, resampling, cropping, augmenting, normalising, encoding.
 * A plain library: it knows no records, no Beam, no arrays of an engine.
 *
 * <p>What the package promises:
 *
 * <ul>
 *   <li>PNG decoding, resizing, cropping and normalising equal Pillow and torchvision to the byte
 *       ({@code golden/images}); JPEG decoding equals libjpeg up to the rounding of its inverse
 *       cosine transform; a JPEG file has the bytes that Pillow writes for the same samples.
 *   <li>No colour management: samples come out as they are stored, whatever profile, gamma or
 *       orientation the file declares.
 *   <li>Encoded bytes are hostile: size is bounded from the header before any raster is allocated,
 *       and a file that is cut short is refused, never half decoded. What is wrong with a file is
 *       an {@link org.contexture.image.ImageException}, whose message a stage can put in a
 *       rejection as it is.
 *   <li>Everything random takes its random source from the caller and is the same on every machine.
 *   <li>An {@link org.contexture.image.RgbImage} is never written to once it is made, so that
 *       images may be shared between threads.
 * </ul>
 */
package org.contexture.image;
