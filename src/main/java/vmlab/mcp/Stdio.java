package vmlab.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpServerSession;
import java.io.InputStream;
import java.io.OutputStream;

/** Stdin and stdout as the SDK serves them, with sessions in which calls can be cancelled. */
final class Stdio extends StdioServerTransportProvider {

    private final Runnable ended;

    /** Of which {@code ended} is told when there is nothing more to read. */
    Stdio(InputStream in, OutputStream out, Runnable ended) {
        super(new JacksonMcpJsonMapper(new ObjectMapper()), in, out);
        this.ended = ended;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        super.setSessionFactory(transport -> {
            var oneByOne = new OneByOne(transport);
            return new CancellableSession(factory.create(oneByOne), oneByOne, ended);
        });
    }
}
