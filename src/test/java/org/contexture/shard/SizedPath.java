package org.contexture.shard;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** RawPath as a later version might have it: with a field more, which has a default. */
public final class SizedPath extends SpecificRecordBase {
  private static final long serialVersionUID = 1L;

  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "SizedPath", "namespace": "org.contexture.shard",
               "fields": [
                 {"name": "path", "type": {"type": "string", "avro.java.string": "String"}},
                 {"name": "size", "type": "long", "default": 7}]}""");

  private String path = "";
  private long size;

  @Override
  public Schema getSchema() {
    return SCHEMA;
  }

  @Override
  public Object get(int field) {
    return field == 0 ? path : (Object) size;
  }

  @Override
  public void put(int field, Object value) {
    if (field == 0) {
      path = value.toString();
    } else {
      size = (Long) value;
    }
  }
}
