package dev.ragstream.lucene;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.PassageWriter.EmbeddedChunk;
import dev.ragstream.core.StoredDocument;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** How chunks and document records are laid out in the index, and read back. */
final class Fields {

  /**
   * The chunk's id, as a doc value: a ranking needs no other field, and stored ones cost a block of
   * text each.
   */
  static final String ID = "id";

  /** Title and text together, the field that BM25 searches. */
  static final String BODY = "body";

  static final String VECTOR = "vector";

  /** Present in document records alone; holds the source. */
  static final String RECORD = "record";

  private static final String SOURCE = "source";
  private static final String TITLE = "title";
  private static final String TEXT = "text";

  /** Terms {@code key=value} to filter by. */
  private static final String FACT = "fact";

  /** Stored metadata: keys and values in turn, since every name of a field costs memory. */
  private static final String METADATA = "metadata";

  /** Lucene refuses terms of more than 32,766 bytes; four bytes are the longest character. */
  private static final int LONGEST_FACT = 8_000;

  private static final String FINGERPRINT = "fingerprint";
  private static final String CHUNKS = "chunks";

  private Fields() {}

  static Document chunk(EmbeddedChunk embedded) {
    Chunk chunk = embedded.chunk();
    Document document = new Document();
    document.add(new BinaryDocValuesField(ID, new BytesRef(chunk.id())));
    document.add(new StringField(SOURCE, chunk.source(), Store.YES));
    document.add(new StoredField(TITLE, chunk.title()));
    document.add(new StoredField(TEXT, chunk.text()));
    document.add(new TextField(BODY, chunk.searchableText(), Store.NO));
    facts(chunk)
        .forEach((key, value) -> document.add(new StringField(FACT, fact(key, value), Store.NO)));
    chunk
        .metadata()
        .forEach((key, value) -> {
          document.add(new StoredField(METADATA, key));
          document.add(new StoredField(METADATA, value));
        });
    if (embedded.vector() != null) {
      document.add(
          new KnnFloatVectorField(VECTOR, embedded.vector(), VectorSimilarityFunction.DOT_PRODUCT));
    }
    return document;
  }

  static Chunk chunk(String id, Document stored) {
    Map<String, String> metadata = new TreeMap<>();
    String[] entries = stored.getValues(METADATA);
    for (int i = 0; i < entries.length; i += 2) {
      metadata.put(entries[i], entries[i + 1]);
    }
    return new Chunk(id, stored.get(SOURCE), stored.get(TITLE), stored.get(TEXT), metadata);
  }

  static Document record(StoredDocument document) {
    Document record = new Document();
    record.add(new KeywordField(RECORD, document.source(), Store.YES));
    record.add(new StoredField(FINGERPRINT, document.fingerprint()));
    record.add(new StoredField(CHUNKS, document.chunks()));
    return record;
  }

  static StoredDocument record(Document stored) {
    return new StoredDocument(
        stored.get(RECORD),
        stored.get(FINGERPRINT),
        stored.getField(CHUNKS).numericValue().intValue());
  }

  static Term fact(Map.Entry<String, String> required) {
    return new Term(FACT, fact(required.getKey(), required.getValue()));
  }

  static Term recordOf(String source) {
    return new Term(RECORD, source);
  }

  static Term chunksOf(String source) {
    return new Term(SOURCE, source);
  }

  /** What a chunk can be filtered by; source and title are its own, whatever its metadata say. */
  private static Map<String, String> facts(Chunk chunk) {
    Map<String, String> facts = new TreeMap<>(chunk.metadata());
    facts.put(SOURCE, chunk.source());
    facts.put(TITLE, chunk.title());
    return facts;
  }

  /** A term that no other key and value share; of a long value, its beginning and a hash. */
  private static String fact(String key, String value) {
    String fact = key + '\0' + value;
    if (fact.length() <= LONGEST_FACT) {
      return fact;
    }
    long[] hash = StringHelper.murmurhash3_x64_128(new BytesRef(fact));
    return fact.substring(0, LONGEST_FACT) + Long.toHexString(hash[0]) + Long.toHexString(hash[1]);
  }
}
