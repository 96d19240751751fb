package dev.ragstream.lucene;

import dev.ragstream.core.PassageStore;
import dev.ragstream.core.StoreChild;
import dev.ragstream.core.StoreProcessesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LuceneProcessesTest implements StoreProcessesContract {

  @TempDir Path folder;

  /** The place is a folder. */
  public static final class Opener implements StoreChild.Opener {
    @Override
    public PassageStore open(String place) {
      return new LuceneStore(Path.of(place));
    }
  }

  @Override
  public StoreChild.Opener opener() {
    return new Opener();
  }

  @Override
  public String place(String name) {
    return folder.resolve(name).toString();
  }

  @Override
  public int kills() {
    return 16;
  }

  @Override
  public int earlyKills() {
    return 5;
  }
}
