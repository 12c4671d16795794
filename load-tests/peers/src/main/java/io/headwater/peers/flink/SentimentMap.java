package io.headwater.peers.flink;

import ai.onnxruntime.OrtException;
import io.headwater.peers.model.Answers;
import io.headwater.peers.model.PackageFolder;
import io.headwater.peers.model.SentimentModel;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/** The model in a map: a session for each task, whose runs have one thread. */
final class SentimentMap extends RichMapFunction<Incoming, Outgoing> {
  private static final long serialVersionUID = 1;

  private final String folder;
  private transient @Nullable SentimentModel model;
  private transient @Nullable Answers answers;

  SentimentMap(Path folder) {
    this.folder = folder.toString();
  }

  @Override
  public void open(OpenContext context) throws Exception {
    PackageFolder files = PackageFolder.read(Path.of(folder));
    answers = new Answers(files.labels());
    model = SentimentModel.open(files);
    OpenedTasks.add();
  }

  @Override
  public Outgoing map(Incoming message) throws OrtException {
    float[] probabilities = Objects.requireNonNull(model, "not open").probabilities(message.text());
    return new Outgoing(
        message.key(),
        Objects.requireNonNull(answers, "not open").json(message.id(), probabilities));
  }

  @Override
  public void close() throws OrtException {
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
