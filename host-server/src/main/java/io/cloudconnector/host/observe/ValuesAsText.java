package io.cloudconnector.host.observe;

import net.logstash.logback.decorate.MapperBuilderDecorator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Writes the fields of a log line as their {@code toString} says. Left to itself the encoder would
 * take objects apart, and find in them what {@code toString} masks.
 */
public final class ValuesAsText implements MapperBuilderDecorator<JsonMapper, JsonMapper.Builder> {
  @Override
  public JsonMapper.Builder decorate(JsonMapper.Builder builder) {
    return builder.addModule(
        new SimpleModule("values-as-text").setSerializerModifier(new AsText()));
  }

  private static final class AsText extends ValueSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription.Supplier type, ValueSerializer<?> serializer) {
      return ToStringSerializer.instance;
    }
  }
}
