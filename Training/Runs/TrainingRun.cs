using System.Diagnostics;
using MessagePack;
using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>A training run with its folder: configuration, metrics, checkpoints and the policy.</summary>
public sealed class TrainingRun : IDisposable
{
    /// <summary>The file of the configuration.</summary>
    public const string ConfigurationName = "config.yaml";

    /// <summary>The file that says which machine it ran on.</summary>
    public const string MachineName = "machine.yaml";

    /// <summary>The file of the metrics.</summary>
    public const string MetricsName = "metrics.msgpack";

    /// <summary>The file of the checkpoint.</summary>
    public const string CheckpointName = "checkpoint.rlseq-checkpoint";

    /// <summary>The file of the trained policy.</summary>
    public const string PolicyName = "policy.rlseq";

    private readonly FileStream _metrics;
    private readonly FolderLock _lock;

    private TrainingRun(Trainer trainer, string folder, FolderLock folderLock, bool environmentsRestored)
    {
        (Trainer, Folder, _lock, EnvironmentsRestored) = (trainer, folder, folderLock, environmentsRestored);
        _metrics = new FileStream(Path.Combine(folder, MetricsName), FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>The trainer.</summary>
    public Trainer Trainer { get; }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>False for a resumed run whose environments cannot save themselves, so that they began new episodes.</summary>
    public bool EnvironmentsRestored { get; }

    /// <summary>Begins a run in a new or empty folder.</summary>
    /// <param name="configuration">All that decides the run.</param>
    /// <param name="folder">Where its files go.</param>
    /// <param name="environment">Makes environments; null takes the configuration's name from the registry.</param>
    /// <exception cref="UserInputException">The configuration does not fit, or the folder cannot be written, holds a run already or is in use.</exception>
    public static TrainingRun Begin(TrainingConfiguration configuration, string folder, Func<IEnvironment>? environment = null)
    {
        var trainer = new Trainer(configuration, environment); // refuses bad input before anything is written
        FolderLock? folderLock = null;
        try
        {
            RunFolder.Claim(folder);
            folderLock = FolderLock.Take(folder);
            AtomicFile.Write(Path.Combine(folder, ConfigurationName), ConfigurationFile.Write(trainer.Configuration));
            AtomicFile.Write(Path.Combine(folder, MachineName), MachineFingerprint.Current(trainer.Device.ToString()).ToYaml());
            return new TrainingRun(trainer, folder, folderLock, environmentsRestored: true);
        }
        catch
        {
            folderLock?.Dispose();
            trainer.Dispose();
            throw;
        }
    }

    /// <summary>Goes on where a run's last checkpoint was.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="environment">Makes environments; null takes the configuration's name from the registry.</param>
    /// <exception cref="UserInputException">There is no checkpoint, it is damaged, or it does not fit; or another process is training in the folder.</exception>
    public static TrainingRun Resume(string folder, Func<IEnvironment>? environment = null)
    {
        string path = Path.Combine(folder, CheckpointName);
        if (!File.Exists(path))
            throw new UserInputException($"There is no checkpoint to resume from in {folder} ({CheckpointName} is missing).");
        FolderLock folderLock = FolderLock.Take(folder);
        Trainer? trainer = null;
        try
        {
            byte[] payload = CheckpointFile.Read(path);
            TrainingConfiguration saved = Checkpoint.Configuration(payload, path);
            trainer = new Trainer(saved, environment);
            if (trainer.Configuration.Environment != saved.Environment)
                throw new UserInputException($"{path} was trained on {saved.Environment}, but the environment given is {trainer.Configuration.Environment}.");
            bool restored = Checkpoint.Restore(trainer, payload);
            MetricsFile.CutTo(Path.Combine(folder, MetricsName), trainer.Updates);
            return new TrainingRun(trainer, folder, folderLock, restored);
        }
        catch (Exception exception)
        {
            folderLock.Dispose();
            trainer?.Dispose();
            // The checksum has verified the bytes, so what does not fit comes from another version or a changed environment.
            if (exception is MessagePackSerializationException or InvalidDataException or ArgumentException)
                throw new UserInputException($"{path} does not fit this version of rlseq or its environment: {exception.Message}", exception);
            throw;
        }
    }

    /// <summary>Trains until all updates are done or it is cancelled, and leaves a checkpoint and the policy behind either way.</summary>
    /// <param name="report">Called after every update.</param>
    /// <param name="cancellation">Ends the run after the update under way.</param>
    /// <exception cref="EnvironmentException">An environment failed or hangs; the last checkpoint stays, and <see cref="FailureFile"/> says how to play it again.</exception>
    /// <exception cref="DivergenceException">A loss or the policy's outputs are not finite; the last checkpoint stays, and no policy is written.</exception>
    public void Run(Action<TrainingProgress>? report = null, CancellationToken cancellation = default)
    {
        using Activity? activity = TrainingTelemetry.Start("rlseq.training.run", Trainer.Configuration);
        int every = Trainer.Configuration.CheckpointEvery;
        try
        {
            Trainer.Run(progress =>
            {
                MetricsFile.Append(_metrics, progress);
                Divergence.Check(progress); // before a checkpoint of it would replace the last good one
                if (every > 0 && progress.Update % every == 0) Save();
                report?.Invoke(progress);
            }, cancellation);
        }
        catch (EnvironmentException failure)
        {
            FailureFile.Write(Path.Combine(Folder, FailureFile.Name), Trainer.Configuration, failure);
            throw;
        }
        catch (Exception exception) when (exception is not DivergenceException && Divergence.IsIn(Trainer.Network))
        {
            throw Divergence.Noticed(Trainer.Steps, exception); // such weights are refused in several places, and in the words of each
        }
        catch (ArithmeticException exception) when (Divergence.IsOfOutputs(exception))
        {
            throw Divergence.NoticedInOutputs(Trainer.Steps, exception);
        }
        PolicyDefinition policy = Trainer.Export();
        Divergence.Check(policy, Trainer.Steps);
        Save();
        PolicyFile.Save(Path.Combine(Folder, PolicyName), policy);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics.Dispose();
        _lock.Dispose();
        Trainer.Dispose();
    }

    private void Save() => CheckpointFile.Write(Path.Combine(Folder, CheckpointName), Checkpoint.Save(Trainer));
}
