package facesort.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses to start with a setting below {@code facesort.} that no record declares, before any bean
 * is made: a mistyped name would else be a default in silence.
 */
final class KnownSettings implements BeanFactoryPostProcessor {

  private static final String ROOT = "facesort";

  private final ConfigurableEnvironment environment;

  KnownSettings(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
    var unknown = unknown(environment, declared(factory));
    if (!unknown.isEmpty()) {
      throw new UnknownSettings(unknown);
    }
  }

  private static SettingNames declared(ConfigurableListableBeanFactory factory) {
    var names = new SettingNames();
    for (var bean : factory.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
      var type = factory.getType(bean, false);
      if (type != null) {
        addBound(names, type);
      }
    }
    for (var stages : factory.getBeansOfType(StageSettings.class, false, false).values()) {
      stages.types().forEach(type -> names.add(ROOT, type));
    }
    return names;
  }

  private static void addBound(SettingNames names, Class<?> type) {
    var bound = AnnotatedElementUtils.findMergedAnnotation(type, ConfigurationProperties.class);
    if (bound != null && isBelowRoot(bound.prefix() + ".")) {
      names.add(bound.prefix(), type);
    }
  }

  /** One line for each setting that is not known. */
  static List<String> unknown(ConfigurableEnvironment environment, SettingNames names) {
    List<String> lines = new ArrayList<>();
    for (var source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> listed) {
        for (var name : listed.getPropertyNames()) {
          if (!isKnown(listed, name, names)) {
            lines.add(line(listed, name, names));
          }
        }
      }
    }
    return lines;
  }

  private static boolean isKnown(
      EnumerablePropertySource<?> source, String name, SettingNames names) {
    var isVariable = source instanceof SystemEnvironmentPropertySource;
    if (isVariable && name.toLowerCase(Locale.ROOT).startsWith(ROOT + "_")) {
      return names.hasVariable(name)
          || ForeignVariables.contain(name, String.valueOf(source.getProperty(name)), names);
    }
    return !isBelowRoot(name)
        || names.hasProperty(name)
        || (names.hasSection(name) && String.valueOf(source.getProperty(name)).isEmpty());
  }

  private static boolean isBelowRoot(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(ROOT + ".");
  }

  /** Without the value, which may be a secret. */
  private static String line(PropertySource<?> source, String name, SettingNames names) {
    var origin = OriginLookup.getOrigin(source, name);
    return "There is no setting '%s' (%s)%s"
        .formatted(
            name,
            place(source, origin),
            names.nearest(name).map(near -> "; the nearest is '" + near + "'").orElse(""));
  }

  private static String place(PropertySource<?> source, @Nullable Origin origin) {
    return origin == null ? source.getName() : origin.toString();
  }
}
