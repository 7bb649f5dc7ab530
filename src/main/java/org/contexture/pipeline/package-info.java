/**
 * Typed stages over immutable datasets: what a stage is, how its result is named before it exists,
 * where results live, and how the missing ones are made. It knows no image and no model.
 *
 * <p><b>The store</b> is a directory:
 *
 * <pre>
 * store.json                              format of the store
 * STAGE/FINGERPRINT/manifest.json         what the dataset is and what made it; written last
 * STAGE/FINGERPRINT/part-00000-of-00002.avro, .avro.index
 * STAGE/FINGERPRINT.staging/              a dataset being made; may be left by a crash and is resumed
 * STAGE/FINGERPRINT.lock                  who is making it, until when
 * STAGE.rejected/FINGERPRINT/             the dead letters of STAGE/FINGERPRINT, if there are any
 * STAGE.NAME/FINGERPRINT/                 another companion of STAGE/FINGERPRINT, as it declares
 * experiments/NAME.json                   the datasets that the last run of an experiment refers to
 * </pre>
 *
 * <p>FINGERPRINT is the first 16 hexadecimal digits of the dataset's {@link
 * org.contexture.pipeline.Fingerprint}. A directory without a manifest is not a dataset, and a
 * dataset appears under its name by one rename of a complete staging directory: a crash at any
 * moment leaves the old state or the new one. One that is made again takes two renames, between
 * which there is neither.
 *
 * <p>In a store that is not a directory nothing is renamed: files go at once where they stay, and
 * the manifest alone makes them a dataset. {@link org.contexture.pipeline.RemoteContent} says where
 * they stay, {@link org.contexture.pipeline.RemoteStaging} what there is of a dataset being made.
 */
package org.contexture.pipeline;
