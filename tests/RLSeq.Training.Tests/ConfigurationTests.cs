using RLSeq.Environments;

namespace RLSeq.Training.Tests;

public sealed class ConfigurationTests
{
    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        TrainingConfiguration configuration = Trained.Small("transformer") with { Seed = ulong.MaxValue, Environment = "a \"quoted\\\" name: # yes" };
        Assert.Equal(configuration, ConfigurationFile.Read(ConfigurationFile.Write(configuration), "file", new TrainingConfiguration()));
    }

    [Fact]
    public void Every_setting_is_written_and_can_be_changed()
    {
        string yaml = ConfigurationFile.Write(new TrainingConfiguration());
        foreach (Setting setting in ConfigurationSchema.Settings)
        {
            Assert.Contains(setting.Key.Split('.')[^1] + ":", yaml, StringComparison.Ordinal);
            TrainingConfiguration configuration = new();
            string value = setting.Read(configuration);
            string other = value switch { _ when setting.Key == "acting" => "torch", _ when setting.Key == "environment.on_error" => "restart", _ when setting.Key == "environment.wrappers" => "flatten,time-limit=3", _ when setting.Key == "environment.assembly" => "/My.dll", _ when setting.Key is "clock.period" or "clock.deadline" => "60Hz", _ when setting.Key == "clock.on_miss" => "no-op", _ when setting.Key == "clock.latency" => "jitter:1ms:2ms", "true" => "false", "false" => "true", "auto" => "cpu", "0" => "1", _ when double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out double number) => number < 1 ? "0.5" : "3", _ => "none" };
            Assert.Equal(other, setting.Read(configuration.With(setting.Key, other)));
        }
    }

    [Fact]
    public void Missing_keys_keep_their_defaults()
    {
        TrainingConfiguration configuration = ConfigurationFile.Read("ppo:\n  epochs: 9\n", "file", new TrainingConfiguration());
        Assert.Equal(new TrainingConfiguration() with { Ppo = new PpoSettings { Epochs = 9 } }, configuration);
        Assert.Equal(new TrainingConfiguration(), ConfigurationFile.Read("", "file", new TrainingConfiguration()));
    }

    /// <summary>Files of before the section, and short ones by hand, name the environment alone.</summary>
    [Theory]
    [InlineData("environment: CartPole\n")]
    [InlineData("environment:\n  name: CartPole\n")]
    public void The_environment_is_a_name_or_a_section(string yaml) =>
        Assert.Equal(new TrainingConfiguration { Environment = "CartPole" }, ConfigurationFile.Read(yaml, "file", new TrainingConfiguration()));

    [Theory]
    [InlineData("environment:\n  wrapper: flatten", "environment.wrappers")]
    [InlineData("environment:\n  wrappers: flaten", "Unknown wrapper 'flaten'. Nearest: flatten")]
    [InlineData("ppo:\n  epoch: 3", "ppo.epochs")]
    [InlineData("memory:\n  nam: lstm", "memory.name")]
    [InlineData("seed: -1", "seed is '-1'")]
    [InlineData("steps: 1.5", "steps is '1.5'")]
    [InlineData("steps: 99999999999999999999999999999999", "steps")]
    [InlineData("ppo:\n  discount: 1.01", "ppo.discount is '1.01'")]
    [InlineData("ppo:\n  discount: NaN", "ppo.discount is 'NaN'")]
    [InlineData("ppo: [1, 2]", "ppo")]
    [InlineData("ppo: 3", "ppo")]
    [InlineData("- 1\n- 2", "expected keys")]
    [InlineData("seed: 1\nseed: 2", "seed")]
    [InlineData("a: [", "not valid YAML")]
    public void Bad_files_are_refused_in_one_line_that_names_file_and_key(string yaml, string part)
    {
        var exception = Assert.ThrowsAny<UserInputException>(() => ConfigurationFile.Read(yaml, "my.yaml", new TrainingConfiguration()));
        Assert.Contains("my.yaml", exception.Message, StringComparison.Ordinal);
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200_000", 200_000)]
    [InlineData("2e6", 2_000_000)]
    public void Step_counts_may_be_written_as_people_write_them(string text, long steps) =>
        Assert.Equal(steps, new TrainingConfiguration().With("steps", text).Steps);

    [Theory]
    [InlineData("ppo.bptt", "50", "must divide")]
    [InlineData("ppo.minibatches", "1000", "sequences")]
    [InlineData("ppo.burn_in", "4", "shorter than the rollout")]
    [InlineData("memory.name", "lstn", "Nearest: lstm")]
    public void Values_that_do_not_fit_each_other_are_refused(string key, string value, string part) =>
        Assert.Contains(part, Assert.ThrowsAny<UserInputException>(() => new TrainingConfiguration().With(key, value).Validate()).Message, StringComparison.Ordinal);

    /// <summary>A script's configuration meets the same ranges as a file's.</summary>
    [Fact]
    public void A_configuration_made_in_code_is_held_to_the_ranges()
    {
        TrainingConfiguration good = new();
        good.Validate();
        TrainingConfiguration[] bad =
        [
            good with { Steps = -5000 }, good with { CollectThreads = 0 }, good with { Environment = "" },
            good with { Network = good.Network with { Hidden = 0 } },
            good with { Ppo = good.Ppo with { Rollout = 0 } }, good with { Ppo = good.Ppo with { Minibatches = 0 } },
            good with { Ppo = good.Ppo with { Epochs = 0 } }, good with { Ppo = good.Ppo with { Discount = 5 } },
            good with { Ppo = good.Ppo with { Clip = -1 } }, good with { Ppo = good.Ppo with { LearningRate = double.NaN } },
            good with { Ppo = good.Ppo with { Bptt = 16, BurnIn = -1 } }, good with { Ppo = good.Ppo with { Bptt = 16, BurnIn = 16 } },
        ];
        foreach (TrainingConfiguration configuration in bad) Assert.ThrowsAny<UserInputException>(configuration.Validate);
    }
}
