package vmlab.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;

/** Durations in JSON as seconds with a fraction: {@code 1.25}. */
final class SecondsSerializer extends StdSerializer<Duration> {

    private static final long serialVersionUID = 1;

    SecondsSerializer() {
        super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeNumber(value.toMillis() / 1000.0);
    }
}
