/**
 * Shards: Avro container files with an index beside them that gives random access by record number,
 * in the spirit of TFRecord. A plain library: it knows nothing of stages, images or Beam.
 *
 * <p><b>The shard file</b> is an <a
 * href="https://avro.apache.org/docs/1.12.0/specification/#object-container-files">Avro object
 * container file</a> that any Avro reader opens. What is fixed beyond that specification: the codec
 * is {@code null}; a block ends with the record that brings it to 64 KiB or more; the sync marker
 * is the first 16 bytes of the SHA-256 of the shard's salt, so that the same records and salt give
 * the same bytes.
 *
 * <p><b>The index file</b> has the shard's name with {@code .index} appended. All numbers are
 * big-endian.
 *
 * <pre>
 * offset    bytes  content
 * 0         8      magic: the ASCII characters CTXINDEX
 * 8         4      version of this format: 1
 * 12        4      n, the number of records
 * 16        8      length of the shard file in bytes
 * 24        16 n   for each record: offset of its Avro encoding in the shard file (8 bytes), length
 *                  of the encoding (4), CRC-32C of the encoding (4)
 * 24 + 16 n 4      CRC-32C of everything before
 * </pre>
 *
 * <p>Readers map the shard file into memory and check the CRC of every record they decode; an error
 * names the file, the record, what was expected and what was found.
 */
package org.contexture.shard;
