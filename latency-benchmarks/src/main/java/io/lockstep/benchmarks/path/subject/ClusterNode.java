package io.lockstep.benchmarks.path.subject;

import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.MinMulticastFlowControlSupplier;
import io.aeron.driver.ThreadingMode;
import io.lockstep.node.agent.AgentThread;
import io.lockstep.node.agent.InvokedDriver;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.NoOpLock;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * One node of Aeron Cluster: driver, archive and consensus module run by invokers, as Aeron's documentation advises
 * where cores are few; its service container always has a thread of its own. Buffers and datagrams are Lockstep's.
 */
final class ClusterNode implements AutoCloseable {
    private static final int BUFFER_LENGTH = 2 * 1024 * 1024;
    private static final int MTU_LENGTH = 8192;
    private static final int SEGMENT_LENGTH = 64 * 1024 * 1024;
    private static final String LOCAL_ARCHIVE = "aeron:ipc?term-length=64k";
    private static final String LOG = "aeron:udp?term-length=16m|mtu=8k|alias=log";

    private MediaDriver driver;
    private Archive archive;
    private ConsensusModule consensus;
    private ClusteredServiceContainer container;

    /**
     * Starts a node.
     *
     * @param number of the node, from 0; the first is to lead
     * @param members of the cluster as Aeron writes them
     * @param network takes the driver and the archive, and runs while the rest is started
     * @param modules takes the consensus module
     * @param errors hears what goes wrong
     */
    ClusterNode(
            final int number,
            final String members,
            final Path directory,
            final AgentThread network,
            final AgentThread modules,
            final Consumer<Throwable> errors) {
        final String place = directory.resolve("node-" + number).toString();
        try {
            network.add(() -> {
                driver = MediaDriver.launch(driverContext(number, errors));
                return new InvokedDriver(driver.sharedAgentInvoker());
            });
            final String driverDirectory = driver.aeronDirectoryName();
            // On the driver's thread, since the archive invokes it whenever it waits for it.
            network.add(() -> {
                archive = Archive.launch(archiveContext(number, place, driverDirectory, errors)
                        .mediaDriverAgentInvoker(driver.sharedAgentInvoker()));
                return new Invoked("archive-" + number, archive.invoker(), archive);
            });
            // First, since an invoked consensus module waits in its start for its services.
            container = ClusteredServiceContainer.launch(new ClusteredServiceContainer.Context()
                    .aeronDirectoryName(driverDirectory)
                    .clusterDirectoryName(place + "/cluster")
                    .archiveContext(localArchive())
                    .clusteredService(new ClusterEcho())
                    .idleStrategySupplier(() -> YieldingIdleStrategy.INSTANCE)
                    .errorHandler(errors::accept));
            consensus = ConsensusModule.launch(new ConsensusModule.Context()
                    .clusterMemberId(number)
                    .clusterMembers(members)
                    .appointedLeaderId(0)
                    .aeronDirectoryName(driverDirectory)
                    .clusterDirectoryName(place + "/cluster")
                    .archiveContext(localArchive())
                    .ingressChannel("aeron:udp?term-length=16m|mtu=8k")
                    .logChannel(LOG)
                    .replicationChannel("aeron:udp?endpoint=localhost:0")
                    .leaderHeartbeatTimeoutNs(1_000_000_000L)
                    .startupCanvassTimeoutNs(2_000_000_000L)
                    .idleStrategySupplier(() -> YieldingIdleStrategy.INSTANCE)
                    .useAgentInvoker(true)
                    .errorHandler(errors::accept));
            modules.add(() -> new Invoked("consensus-" + number, consensus.conductorAgentInvoker(), null));
        } catch (final RuntimeException e) {
            closeModules();
            CloseHelper.quietClose(driver);
            throw e;
        }
    }

    String driverDirectory() {
        return driver.aeronDirectoryName();
    }

    /** Closes service and consensus module, while the driver and the archive are still run. */
    void closeModules() {
        CloseHelper.quietCloseAll(container, consensus);
    }

    @Override
    public void close() {
        CloseHelper.quietClose(driver);
    }

    private static MediaDriver.Context driverContext(final int number, final Consumer<Throwable> errors) {
        return new MediaDriver.Context()
                .aeronDirectoryName(CommonContext.generateRandomDirName() + "-cluster-" + number)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.INVOKER)
                .multicastFlowControlSupplier(new MinMulticastFlowControlSupplier())
                .initialWindowLength(BUFFER_LENGTH)
                .socketRcvbufLength(BUFFER_LENGTH)
                .socketSndbufLength(BUFFER_LENGTH)
                .mtuLength(MTU_LENGTH)
                .ipcMtuLength(MTU_LENGTH)
                .asyncExecutorEnabled(false)
                .spiesSimulateConnection(true)
                .termBufferSparseFile(true)
                .errorHandler(errors::accept);
    }

    private static Archive.Context archiveContext(
            final int number, final String place, final String driverDirectory, final Consumer<Throwable> errors) {
        return new Archive.Context()
                .aeronDirectoryName(driverDirectory)
                .archiveDirectoryName(place + "/archive")
                .archiveId(number)
                .threadingMode(ArchiveThreadingMode.INVOKER)
                .controlChannelEnabled(true)
                .controlChannel("aeron:udp?endpoint=localhost:0")
                .localControlChannel(LOCAL_ARCHIVE)
                .replicationChannel("aeron:udp?endpoint=localhost:0")
                .segmentFileLength(SEGMENT_LENGTH)
                .recordingEventsEnabled(false)
                .deleteArchiveOnStart(true)
                .errorHandler(errors::accept);
    }

    private static AeronArchive.Context localArchive() {
        return new AeronArchive.Context()
                .controlRequestChannel(LOCAL_ARCHIVE)
                .controlResponseChannel(LOCAL_ARCHIVE)
                .lock(NoOpLock.INSTANCE);
    }

    /** An agent of Aeron's that a thread runs through its invoker, and what that thread closes at its end, or null. */
    private record Invoked(String roleName, AgentInvoker invoker, AutoCloseable owned) implements Agent {
        @Override
        public int doWork() {
            return invoker.invoke();
        }

        @Override
        public void onClose() {
            CloseHelper.quietClose(owned);
        }
    }
}
