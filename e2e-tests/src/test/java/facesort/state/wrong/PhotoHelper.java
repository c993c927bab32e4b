package facesort.state.wrong;

/** Breaks: names say what a thing is. */
public record PhotoHelper(String name) {}
