package dev.ragstream.lucene;

import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LuceneStoreTest implements PassageStoreContract {

  @TempDir Path folder;

  @Override
  public PassageStore open() {
    return new LuceneStore(folder.resolve("state of mine/索引"));
  }
}
