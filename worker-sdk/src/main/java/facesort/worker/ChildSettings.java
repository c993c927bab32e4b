package facesort.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The parent's settings in the child: everything below {@code facesort.}, in the same order of
 * precedence. They go through a pipe, since a command line can be read by everybody. The
 * environment is inherited.
 */
final class ChildSettings {
  private static final String PREFIX = "facesort.";
  private static final String ENVIRONMENT =
      StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

  private ChildSettings() {}

  static void write(DataOutputStream out, ConfigurableEnvironment environment) throws IOException {
    List<Map<String, String>> sources = new ArrayList<>();
    int inherited = -1;
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source.getName().equals(ENVIRONMENT)) {
        inherited = sources.size();
      } else if (source instanceof EnumerablePropertySource<?> listed) {
        sources.add(settings(listed, environment));
      }
    }
    out.writeInt(inherited);
    out.writeInt(sources.size());
    for (Map<String, String> source : sources) {
      out.writeInt(source.size());
      for (Map.Entry<String, String> setting : source.entrySet()) {
        out.writeUTF(setting.getKey());
        out.writeUTF(setting.getValue());
      }
    }
  }

  private static Map<String, String> settings(
      EnumerablePropertySource<?> source, ConfigurableEnvironment environment) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : source.getPropertyNames()) {
      Object value = name.startsWith(PREFIX) ? source.getProperty(name) : null;
      if (value != null) {
        settings.put(name, environment.resolvePlaceholders(value.toString()));
      }
    }
    return settings;
  }

  static ConfigurableEnvironment read(DataInputStream in) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    MutablePropertySources sources = environment.getPropertySources();
    sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    int inherited = in.readInt();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      Map<String, Object> settings = new LinkedHashMap<>();
      int size = in.readInt();
      for (int j = 0; j < size; j++) {
        settings.put(in.readUTF(), in.readUTF());
      }
      MapPropertySource source = new MapPropertySource("parent-" + i, settings);
      if (i < inherited) {
        sources.addBefore(ENVIRONMENT, source);
      } else {
        sources.addLast(source);
      }
    }
    return environment;
  }
}
