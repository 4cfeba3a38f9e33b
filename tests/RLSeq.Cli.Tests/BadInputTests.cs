namespace RLSeq.Cli.Tests;

/// <summary>Whatever is wrong with the input costs one line, exit status 2, and leaves no file behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    // Commands, options and what they need
    [InlineData("trian --env CartPole", "Unknown command 'trian'. Nearest: train.")]
    [InlineData("bench akt", "Unknown command 'akt'. Nearest: act.")]
    [InlineData("bench", "rlseq bench needs a command: act, train, curve, soak, solve, env, clock.")]
    [InlineData("train --memry lstm", "Unknown option '--memry'. Nearest: --memory.")]
    [InlineData("--verson", "Unknown option '--verson'.")]
    [InlineData("train --steps --out run", "--steps needs a value, but --out follows.")]
    [InlineData("compare --out --json", "--out needs a value, but --json follows.")]
    [InlineData("train --seed 1 --seed 2", "--seed")]
    [InlineData("evaluate", "Required argument missing")]
    [InlineData("evaluate a b", "'b' was not expected.")]
    [InlineData("bench env --env CartPole,", "Unknown environment ''. All: rlseq envs.")]
    // Names
    [InlineData("train --env RepeatPreviosEasy --out run", "Unknown environment 'RepeatPreviosEasy'. Nearest: RepeatPreviousEasy")]
    [InlineData("train --memory lstn --out run", "Unknown memory 'lstn'. Nearest: lstm")]
    [InlineData("train --set ppo.epoch=3 --out run", "Unknown configuration key 'ppo.epoch'. Nearest: ppo.epochs")]
    [InlineData("compare --env CartPole,CartPol --out run", "Unknown environment 'CartPol'. Nearest: CartPole")]
    [InlineData("compare --memory lstm,transfomer --out run", "Unknown memory 'transfomer'. Nearest: transformer")]
    [InlineData("check-env CartPol", "Nearest: CartPole")]
    [InlineData("bench env --env CartPol", "Nearest: CartPole")]
    [InlineData("bench env --env RepeatFirstEasy,CartPol", "Nearest: CartPole")]
    [InlineData("bench act --memory lstn", "Nearest: lstm")]
    [InlineData("train --wrap frame-stak=2 --out run", "Unknown wrapper 'frame-stak'. Nearest: frame-stack. All: rlseq wrappers.")]
    [InlineData("train --env CartPole --wrap discretize-actions=3 --out run", "The wrapper discretize-actions=3 does not fit CartPole: the actions Discrete(2) are discrete already.")]
    [InlineData("check-env", "check-env needs the name of an environment")]
    [InlineData("check-env --replay none.json", "The failure none.json cannot be read")]
    [InlineData("train --assembly none.dll --env Mine --out run", "There is no library ")]
    // Numbers
    [InlineData("train --steps -5 --out run", "steps is '-5', but must be a whole number from 1")]
    [InlineData("train --steps 0 --out run", "steps is '0'")]
    [InlineData("train --steps many --out run", "steps is 'many'")]
    [InlineData("train --steps 1e30 --out run", "steps is '1e30'")]
    [InlineData("train --seed -1 --out run", "seed is '-1'")]
    [InlineData("train --episodes -1 --out run", "--episodes is '-1', but must be a whole number from 0")]
    [InlineData("resume run --episodes -1", "--episodes is '-1'")]
    [InlineData("evaluate run --episodes 0", "--episodes is '0', but must be a whole number from 1")]
    [InlineData("evaluate run --episodes x", "--episodes is 'x', but must be a whole number from 1")]
    [InlineData("evaluate run --seed -1", "--seed is '-1'")]
    [InlineData("evaluate run --deadline 1ms", "--deadline says something of a clock, but there is none without --period")]
    [InlineData("evaluate run --period 60", "--period is a number above 0 and at most 1e9 s with its unit")]
    [InlineData("evaluate run --period 1ms --deadline 2ms", "The deadline is above 0 and at most the period (1ms); given: 2ms.")]
    [InlineData("evaluate run --period 1ms --on-miss wait", "given: wait.")]
    [InlineData("evaluate run --period 1ms --action-delay 2", "--action-delay is '2', but must be 0 or 1.")]
    [InlineData("evaluate run --period 1ms --clock sundial", "--clock is 'sundial', but must be simulated or wall.")]
    [InlineData("evaluate run --period 1ms --latency none.msgpack", "The latency profile none.msgpack cannot be read")]
    [InlineData("train --period 1ms --latency jitter:5us:1us --out run", "The bounds of a jitter are 0 or more and in order; given: 5000 and 1000 ns.\n")]
    [InlineData("bench solve --target much", "--target is 'much', but must be a number.")]
    [InlineData("evaluate run --period 1ms --slow-down 0", "The slow-down is a number above 0; given: 0.")]
    [InlineData("evaluate run --save-latency p.txt", "whose names end in .msgpack")]
    [InlineData("evaluate run --step-timeout -1", "--step-timeout is '-1', but must be 0 for never, or a number of seconds from 0.001 to 1000000.")]
    [InlineData("evaluate run --step-timeout 1e-9", "--step-timeout is '1e-9'")]
    [InlineData("diagnose run --step-timeout NaN", "--step-timeout is 'NaN'")]
    [InlineData("watch run --step-timeout soon", "--step-timeout is 'soon'")]
    [InlineData("evaluate run --out none/record.msgpack", "but there is no folder")]
    [InlineData("compare --seeds 0 --out run", "--seeds is '0', but must be a whole number from 1 to 10000.")]
    [InlineData("compare --seeds 2000000000 --out run", "--seeds is '2000000000'")]
    [InlineData("compare --jobs -1 --out run", "--jobs is '-1'")]
    [InlineData("compare --episodes 0 --out run", "--episodes is '0'")]
    [InlineData("compare --deadlines 10us,5 --out run", "A deadline is a number above 0 and at most 1e9 s with its unit, such as 200us, 1.5ms, 2s or 60Hz; given: '5'.")]
    [InlineData("compare --deadlines , --out run", "--deadlines is ',', but must be deadlines, such as 100us,1ms, or none.")]
    [InlineData("compare --deadlines 1ms,1000us --out run", "Deadlines ascend, each once; 1ms stands behind 1ms.")]
    [InlineData("compare --deadlines 2000s,2h --out run", "given: '2h'")]
    [InlineData("compare --slow-down 1,zwei --out run", "--slow-down takes numbers above 0, separated by commas, such as 1,10; given: 'zwei'.")]
    [InlineData("compare --slow-down 0 --out run", "The slow-down is a number above 0; given: 0.")]
    [InlineData("compare --on-miss wait --out run", "What happens on a miss is one of repeat-last, no-op, apply-late; given: wait.")]
    [InlineData("compare --action-delay 2 --out run", "--action-delay is '2', but must be a whole number from 0 to 1.")]
    [InlineData("compare --deadline-episodes 0 --out run", "--deadline-episodes is '0'")]
    [InlineData("compare --clock-training soon --out run", "The period of --clock-training is a number above 0 and at most 1e9 s with its unit, such as 200us, 1.5ms, 2s or 60Hz; given: 'soon'.")]
    [InlineData("compare --clock-training 5000s --out run", "A clock's period is above 0 and at most 3600s; given: 5000s.")]
    [InlineData("compare --paced-actions -1 --out run", "--paced-actions is '-1'")]
    [InlineData("bench act --actions 0", "--actions is '0'")]
    [InlineData("bench act --threads 2", "--threads is '2', but must be 1.")]
    [InlineData("bench act --batches 1,0", "--batches has '0', but takes whole numbers from 1 to 65536")]
    [InlineData("bench act --batches 8,", "--batches has ''")]
    [InlineData("bench act --engines --threads 0", "--threads is '0'")]
    [InlineData("bench act --engines --device tpu", "device is 'tpu'")]
    [InlineData("bench act --memory transformer --context 100000 --batches 65536", "context 100000 and a batch of 65536. Choose smaller ones.")]
    [InlineData("train --period soon --out run", "clock.period is a number above 0")]
    [InlineData("train --period 1ms --deadline 2ms --out run", "The deadline is above 0 and at most the period (1ms); given: 2ms.")]
    [InlineData("train --period 1ms --on-miss wait --out run", "clock.on_miss is 'wait', but must be one of repeat-last, no-op, apply-late.")]
    [InlineData("train --period 1ms --action-delay 2 --out run", "clock.action_delay is '2', but must be a whole number from 0 to 1.")]
    [InlineData("train --period 1ms --latency slow --out run", "A latency profile is one of fixed:200us")]
    [InlineData("train --period 1ms --latency none.msgpack --out run", "none.msgpack cannot be read")]
    [InlineData("train --latency fixed:1ms --out run", "clock.latency is fixed:1ms, but without clock.period the world waits")]
    [InlineData("train --env FogPongDuel --period 1ms --out run", "FogPongDuel is a world with several agents, which no clock goes around yet")]
    [InlineData("train --acting fast --out run", "acting is 'fast', but must be one of auto, managed, torch.")]
    [InlineData("bench act --precision f16", "--precision is 'f16', but must be f32, bf16, int8, or two of them")]
    [InlineData("bench train --updates 0", "--updates is '0'")]
    [InlineData("bench train --set ppo.epochs", "--set takes KEY=VALUE")]
    [InlineData("bench train --versus lstn", "Nearest: lstm")]
    [InlineData("bench train --memory lstm --versus gru --versus-torch 1", "two comparisons; ask for one")]
    [InlineData("bench curve --over time", "--over is 'time', but must be one of envs, steps, hidden.")]
    [InlineData("bench curve --values 8,x", "--values has 'x', but takes whole numbers from 1")]
    [InlineData("bench curve --values 2", "ppo.minibatches is 4, but a rollout has only 2 sequences")]
    [InlineData("bench soak --steps 1000", "too few to watch: choose at least 40960 steps.")]
    [InlineData("bench solve --env CartPole --seeds 0", "--seeds is '0'")]
    [InlineData("bench train --versus-torch -1", "--versus-torch is '-1'")]
    [InlineData("bench train --memory gru --versus-torch 1", "The PyTorch script trains an LSTM, and the memory is gru")]
    // Values and sizes that do not fit
    [InlineData("train --set overlap=true --set acting=torch --out run", "overlap is true, but torch acts with the very weights that an update changes")]
    [InlineData("compare --set overlap=true --set acting=torch --out run", "overlap is true, but torch acts with the very weights that an update changes")]
    [InlineData("train --set network.hidden=0 --out run", "network.hidden is '0', but must be a whole number from 1")]
    [InlineData("train --set ppo.learning_rate=NaN --out run", "ppo.learning_rate is 'NaN'")]
    [InlineData("train --set ppo.normalize_rewards=perhaps --out run", "true or false")]
    [InlineData("train --set ppo.minibatches=100 --out run", "ppo.minibatches is 100, but a rollout has only 32 sequences")]
    [InlineData("train --set ppo.bptt=7 --out run", "7 does not divide 64")]
    [InlineData("train --set ppo.burn_in=4 --out run", "set ppo.bptt as well")]
    [InlineData("train --memory transformer --set memory.heads=5 --out run", "The heads must divide the width")]
    [InlineData("train --memory transformer --set memory.context=2000000000 --out run", "These sizes need")]
    [InlineData("train --set ppo.environments=1048576 --set ppo.rollout=1048576 --out run", "These sizes need")]
    [InlineData("compare --memory transformer --set memory.context=2000000000 --out run", "These sizes need")]
    [InlineData("train --memory gated-delta-net --set memory.heads=5 --out run", "The heads must divide the width")]
    [InlineData("compare --memory transformer --set memory.heads=5 --out run", "The heads must divide the width")]
    [InlineData("bench act --memory transformer --hidden 64 --heads 5", "The heads must divide the width")]
    [InlineData("bench act --memory transformer --context 2000000000", "These sizes need")]
    [InlineData("bench act --hidden 65536", "These sizes need")]
    [InlineData("bench train --minibatches 100", "ppo.minibatches is 100")]
    // --set, --device and --out
    [InlineData("train --set ppo.epochs --out run", "--set takes KEY=VALUE")]
    [InlineData("train --set =3 --out run", "--set takes KEY=VALUE")]
    [InlineData("train --set memory.name= --out run", "memory.name is ''")]
    [InlineData("train --device cuda --out run", "this libtorch sees no CUDA device")]
    [InlineData("train --device tpu --out run", "device is 'tpu', but must be one of auto, cpu, cuda.")]
    [InlineData("check-device --device tpu", "device is 'tpu'")]
    [InlineData("train --out=", "--out")]
    [InlineData("train --out /proc/run", "The folder /proc/run cannot be written")]
    [InlineData("compare --out /proc/run", "The folder /proc/run cannot be written")]
    // What a comparison varies
    [InlineData("compare --memory lstm,LSTM --out run", "The memory lstm is named 2 times")]
    [InlineData("compare --env CartPole,cartpole --out run", "The environment CartPole is named 2 times")]
    [InlineData("compare --memory , --out run", "at least one environment, one memory and one seed")]
    [InlineData("compare --set seed=4 --out run", "use --seeds instead of --set seed")]
    // Folders and files that are not there
    [InlineData("train --config absent.yaml --out run", "The configuration absent.yaml cannot be read")]
    [InlineData("train --config . --out run", "The configuration . cannot be read")]
    [InlineData("train --config /dev/zero --out run", "cannot be a configuration")]
    [InlineData("evaluate absent", "There is no policy at absent.")]
    [InlineData("evaluate @absent", "There is no policy at @absent.")]
    [InlineData("evaluate .", "There is no policy at ./policy.rlseq.")]
    [InlineData("resume absent", "There is no checkpoint to resume from in absent")]
    [InlineData("show absent", "absent holds neither a comparison nor a study nor a run.")]
    [InlineData("show .", ". holds neither a comparison nor a study nor a run.")]
    public void Bad_input_is_refused_in_one_line_and_leaves_nothing(string line, string because)
    {
        Rlseq.RunIn(_folder.Path, line.Split(' ')).MustRefuse(because);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("ppo: [1, 2", "c.yaml is not valid YAML at line")]
    [InlineData("seed: 1\nseed: 2", "Duplicate key seed")]
    [InlineData("just words", "expected keys with values")]
    [InlineData("ppo: 3", "Unknown configuration key 'ppo'")]
    [InlineData("ppo:\n  epoch: 3", "c.yaml: Unknown configuration key 'ppo.epoch'. Nearest: ppo.epochs")]
    [InlineData("ppo:\n  epochs: [1]", "'ppo.epochs' takes no list or section")]
    [InlineData("ppo:\n  epochs: many", "c.yaml: ppo.epochs is 'many'")]
    [InlineData("steps: 100\n---\nsteps: 200", "a second document begins")]
    [InlineData("environment: Nowhere", "Unknown environment 'Nowhere'")]
    [InlineData("a: &a [*a]", "takes no list or section")]
    [InlineData("\u0001\u0002", "c.yaml")]
    public void A_configuration_that_cannot_be_read_is_refused(string yaml, string because)
    {
        File.WriteAllText(_folder["c.yaml"], yaml);
        Rlseq.RunIn(_folder.Path, "train", "--config", "c.yaml", "--out", "run").MustRefuse(because);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void Deep_nesting_does_not_overflow_the_stack()
    {
        File.WriteAllText(_folder["c.yaml"], new string('[', 100_000));
        Rlseq.Run("train", "--config", _folder["c.yaml"], "--out", _folder["run"]).MustRefuse("nested too deeply");
    }

    [Theory]
    [InlineData("train")]
    [InlineData("compare")]
    public void A_folder_with_something_in_it_is_left_alone(string command)
    {
        File.WriteAllText(_folder["kept"], "mine");
        Rlseq.Run(command, "--out", _folder.Path).MustRefuse("is not empty. Choose another with --out.");
        Assert.Equal([_folder["kept"]], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal("mine", File.ReadAllText(_folder["kept"]));
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        File.WriteAllText(_folder["file"], "mine");
        Rlseq.Run("train", "--out", _folder["file"]).MustRefuse("cannot be written");
        Rlseq.Run("train", "--out", _folder["file/below"]).MustRefuse("cannot be written");
        Assert.Equal("mine", File.ReadAllText(_folder["file"]));
    }

    [Fact]
    public void A_line_break_in_what_was_given_keeps_the_complaint_on_one_line() =>
        Rlseq.Run("train", "--env", "two\nlines").MustRefuse("Unknown environment 'two lines'.");
}
