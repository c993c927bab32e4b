package facesort.local.junit;

import facesort.local.StackAddresses;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the real broker, registry, database, object store and Telegram stand-in: extend the
 * test with it and take a parameter of type {@link StackAddresses}.
 *
 * <p>One stack serves all tests of a JVM and is stopped at its end, so tests keep apart by names
 * (topics, keys, tables) of their own. Where it comes from: the addresses in the environment when
 * {@code FACESORT_BOOTSTRAP_SERVERS} is set (see {@link StackAddresses#fromEnvironment}); else
 * child processes with a fresh folder, the broker from a container where a Docker engine is.
 */
public final class LocalStackExtension implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LocalStackExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    stack(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == StackAddresses.class;
  }

  @Override
  public StackAddresses resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return stack(context).addresses();
  }

  private static SharedStack stack(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(SharedStack.class, key -> SharedStack.start(), SharedStack.class);
  }
}
