package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One map of a PSBT: its fields in the order in which they came, those we do not know among them.
 *
 * <p>No key is there twice; a map has at most {@value #MOST_FIELDS} fields.
 */
final class PsbtMap {
  static final int MOST_FIELDS = 1_000;
  private static final int FEW = 12;
  static final PsbtMap EMPTY = new PsbtMap(new PsbtField[0]);

  private final PsbtField[] fields;

  private PsbtMap(PsbtField[] fields) {
    this.fields = fields;
  }

  static PsbtMap of(List<PsbtField> fields) {
    return new PsbtMap(fields.toArray(new PsbtField[0]));
  }

  /** Reads up to and including the map's separator. */
  static PsbtMap read(ByteReader in) {
    List<PsbtField> fields = new ArrayList<>(8);
    for (int keyLength = in.compactSize(); keyLength != 0; keyLength = in.compactSize()) {
      if (fields.size() == MOST_FIELDS) {
        throw ByteReader.malformed("too-many-fields");
      }
      byte[] key = in.take(keyLength);
      if ((key[0] & 0xff) >= 0xfd) {
        new ByteReader(key).compactSize();
      }
      fields.add(new PsbtField(key, in.takeSized()));
    }
    PsbtField[] read = fields.toArray(new PsbtField[0]);
    refuseDuplicates(read);
    return new PsbtMap(read);
  }

  private static void refuseDuplicates(PsbtField[] fields) {
    if (fields.length <= FEW) {
      for (int i = 1; i < fields.length; i++) {
        for (int j = 0; j < i; j++) {
          if (fields[i].hasKey(fields[j].key)) {
            throw ByteReader.malformed("duplicate-key");
          }
        }
      }
      return;
    }
    PsbtField[] sorted = fields.clone();
    Arrays.sort(sorted, PsbtField::compareKeys);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i].hasKey(sorted[i - 1].key)) {
        throw ByteReader.malformed("duplicate-key");
      }
    }
  }

  void write(ByteSink out) {
    for (PsbtField field : fields) {
      out.putSized(field.key).putSized(field.value);
    }
    out.u8(0);
  }

  PsbtField[] fields() {
    return fields;
  }

  /** The value of the field whose key is this type alone; null if there is none. Not a copy. */
  byte @Nullable [] get(int type) {
    for (PsbtField field : fields) {
      if (field.key.length == 1 && field.type() == type) {
        return field.value;
      }
    }
    return null;
  }

  List<PsbtField> all(int type) {
    List<PsbtField> found = new ArrayList<>(4);
    for (PsbtField field : fields) {
      if (field.type() == type) {
        found.add(field);
      }
    }
    return found;
  }

  /** Bytes of fields whose type is above the last that we use. */
  int unusedBytes(int lastUsedType) {
    int bytes = 0;
    for (PsbtField field : fields) {
      if (field.type() < 0 || field.type() > lastUsedType) {
        bytes += field.key.length + field.value.length;
      }
    }
    return bytes;
  }

  boolean has(PsbtField wanted) {
    for (PsbtField field : fields) {
      if (field.hasKey(wanted.key)) {
        return true;
      }
    }
    return false;
  }

  /** This map and a new field, which comes after those of its own type and lower ones. */
  PsbtMap plus(PsbtField added) {
    int at = 0;
    for (int i = 0; i < fields.length; i++) {
      if ((fields[i].key[0] & 0xff) <= (added.key[0] & 0xff)) {
        at = i + 1;
      }
    }
    PsbtField[] more = new PsbtField[fields.length + 1];
    System.arraycopy(fields, 0, more, 0, at);
    more[at] = added;
    System.arraycopy(fields, at, more, at + 1, fields.length - at);
    return new PsbtMap(more);
  }

  /** All fields of both; where both have a key, this map's value stays. */
  PsbtMap union(PsbtMap other) {
    PsbtMap all = this;
    for (PsbtField field : other.fields) {
      if (!has(field)) {
        all = all.plus(field);
      }
    }
    return all;
  }
}
