package dev.ragstream.cli;

import dev.ragstream.config.SettingNames;
import dev.ragstream.core.FailureException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** What was typed into chats, but for secrets. */
final class ChatHistory extends DefaultHistory {

  private static final Pattern SETTING =
      Pattern.compile("\\s*/set\\s+([^\\s=]+).*", Pattern.DOTALL);

  @Override
  public void add(Instant time, String line) {
    if (!holdsSecret(line)) {
      super.add(time, line);
    }
  }

  /** A setting whose name is in doubt may be one. */
  private static boolean holdsSecret(String line) {
    Matcher setting = SETTING.matcher(line);
    if (!setting.matches()) {
      return false;
    }
    try {
      return SettingNames.isSecret(SettingNames.resolve(setting.group(1)));
    } catch (FailureException _) {
      return true;
    }
  }
}
