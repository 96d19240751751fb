package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.cassette.Recorder;
import dev.ragstream.config.FlagValue;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.Message;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Question;
import dev.ragstream.core.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ask",
    header = "Answer a question from the indexed documents, as it streams.",
    description = "The answer goes to stdout; reasoning, sources and timings go to stderr.",
    footer = {
      "",
      "Examples:",
      "  ragstream ask \"Should I carry an umbrella?\"",
      "  ragstream ask -m openai:gpt-4o-mini \"When is the harbour bridge open?\"",
      "  ragstream ask --record umbrella.jsonl \"Should I carry an umbrella?\"",
      "  ragstream ask -m replay:umbrella.jsonl \"Should I carry an umbrella?\"",
      "  cat letter.txt | ragstream ask --json \"Which office answers this?\""
    })
final class AskCommand implements Callable<Integer> {

  private final RootCommand root;

  @Parameters(
      paramLabel = "QUESTION",
      arity = "0..1",
      description = "What to ask; what is piped in is appended.")
  private @Nullable String question;

  @Mixin private PromptOptions prompt = new PromptOptions();

  @Mixin private RetrievalOptions retrieval = new RetrievalOptions();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Keep passages, prompt and answer in a cassette, for -m replay:FILE.")
  private @Nullable Path record;

  @Mixin private CassetteOptions cassette = new CassetteOptions();

  @Mixin private AnswerOptions answer = new AnswerOptions();

  AskCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Console console = root.invocation().console();
    String asked = QuestionText.withInput(question, console);
    Path folder = root.invocation().workingFolder();
    List<Message> history = prompt.history(folder);
    List<FlagValue> flags = prompt.flags(folder);
    flags.addAll(retrieval.flags());
    flags.addAll(cassette.flags());
    flags.addAll(answer.flags());
    try (Assembly assembly = root.assembly(flags)) {
      Template template = prompt.template(assembly, folder);
      Path file = record;
      AnswerOptions.Answering answering =
          file == null
              ? assembly.pipeline(template, retrieval.filter())::answer
              : recorded(assembly, template, file);
      return answer.show(root, assembly, answering, new Question(asked, history));
    }
  }

  private AnswerOptions.Answering recorded(Assembly assembly, Template template, Path file) {
    Recorder recorder = assembly.recorder(root.invocation().workingFolder().resolve(file));
    Pipeline pipeline = assembly.pipeline(template, retrieval.filter(), recorder);
    return (asked, reader) -> {
      Ending ending = recorder.record(reader, events -> pipeline.answer(asked, events));
      root.notice(
          recorder.kept()
              ? "recorded in " + file
              : "nothing was recorded: the model was not asked");
      return ending;
    };
  }
}
