package dev.ragstream.elastic;

import java.net.URI;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link URI} of one real Elasticsearch node, which all test classes of a run
 * share: {@code @ExtendWith(ElasticNode.class)}, and a parameter of that type. The node starts when
 * it is first asked for and ends with the run. Each test takes index names of its own.
 */
public final class ElasticNode implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(ElasticNode.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == URI.class;
  }

  @Override
  public URI resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            "node",
            _ -> ElasticCluster.start(1, "indices.mapping.dynamic_timeout=5m"),
            ElasticCluster.class)
        .url();
  }
}
