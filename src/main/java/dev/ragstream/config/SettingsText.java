package dev.ragstream.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Gets at the text of a settings file. */
final class SettingsText {

  /** More than anybody writes; a file named by mistake ends here. */
  static final int LARGEST = 64 * 1024;

  private SettingsText() {}

  /** The text, or a problem and nothing. */
  static Optional<String> read(Path file, String shown, Problems problems) {
    if (Files.isDirectory(file)) {
      problems.add(shown, "is a folder, not a settings file", "name the file within it");
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        problems.add(
            shown, "is larger than 64 KiB, which no settings file is", "name another file");
        return Optional.empty();
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      problems.add(shown, "is not UTF-8 text", "save it with the encoding UTF-8");
    } catch (NoSuchFileException e) {
      problems.add(shown, "does not exist", "name another file, or write one with ragstream init");
    } catch (AccessDeniedException e) {
      problems.add(shown, "may not be read", "allow it to be read, or name another file");
    } catch (IOException e) {
      problems.add(shown, "cannot be read: " + reason(e), "name another file with -c");
    }
    return Optional.empty();
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
