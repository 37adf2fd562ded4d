package vmlab.report;

import java.util.List;

/** Runs like recorded ones, but larger. */
final class Runs {

    private Runs() {}

    /** A run with nodes of these names, each like the last of {@code like}. */
    static LabRun withNodes(LabRun like, List<String> names) {
        NodeRun one = like.nodes().getLast();
        return new LabRun(
                like.lab(),
                like.start(),
                like.took(),
                like.state(),
                like.accelerator(),
                like.imageName(),
                like.image(),
                like.phases(),
                names.stream()
                        .map(name -> new NodeRun(
                                name,
                                one.role(),
                                one.boot(),
                                one.address(),
                                one.spans(),
                                one.moments(),
                                one.ready(),
                                one.clockAhead()))
                        .toList(),
                like.checks(),
                like.moments(),
                like.failure(),
                like.causes());
    }
}
