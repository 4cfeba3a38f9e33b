using RLSeq.Environments.Suite;

namespace RLSeq.Environments.Tests;

public class ClassicControlTests
{
    // Xoshiro is the generator of the script in RandomSourceTests. The equations of Gymnasium, written down once more:
    //
    // import math, struct
    // def f32(x): return struct.unpack("<f", struct.pack("<f", x))[0]
    // def slope(s, torque):
    //     m, l, c, I, g = 1.0, 1.0, 0.5, 1.0, 9.8
    //     a, b, u, v = s
    //     d1 = m*c*c + m*(l*l + c*c + 2*l*c*math.cos(b)) + 2*I
    //     d2 = m*(c*c + l*c*math.cos(b)) + I
    //     p2 = m*c*g*math.cos(a + b - math.pi/2)
    //     p1 = -m*l*c*v*v*math.sin(b) - 2*m*l*c*v*u*math.sin(b) + (m*c + m*l)*g*math.cos(a - math.pi/2) + p2
    //     w = (torque + d2/d1*p1 - m*l*c*u*u*math.sin(b) - p2)/(m*c*c + I - d2*d2/d1)
    //     return u, v, -(d2*w + p1)/d1, w
    // def acrobot(s, torque, h=0.2):
    //     at = lambda k, t: tuple(x + t*y for x, y in zip(s, k))
    //     k1 = slope(s, torque); k2 = slope(at(k1, h/2), torque); k3 = slope(at(k2, h/2), torque); k4 = slope(at(k3, h), torque)
    //     n = [x + h/6*(p + 2*q + 2*r + t) for x, p, q, r, t in zip(s, k1, k2, k3, k4)]
    //     for i in (0, 1):
    //         while n[i] > math.pi: n[i] -= 2*math.pi
    //         while n[i] < -math.pi: n[i] += 2*math.pi
    //     return n[0], n[1], min(max(n[2], -4*math.pi), 4*math.pi), min(max(n[3], -9*math.pi), 9*math.pi)
    // def up(s): return -math.cos(s[0]) - math.cos(s[1] + s[0]) > 1
    // def car(x, v, push):
    //     v = min(max(v + push - 0.0025*math.cos(3*x), -0.07), 0.07); x = min(max(x + v, -1.2), 0.6)
    //     return x, 0.0 if x == -1.2 and v < 0 else v
    //
    // for seed, rule in ((1, lambda s, i: i % 3), (2, lambda s, i: 2 if s[3] > 0 else 0), (3, lambda s, i: 2 if s[2] < 0 else 0)):
    //     g = Xoshiro(seed); s = tuple(f32(-0.1 + 0.2*g.double()) for _ in range(4)); i = 0
    //     while i < 500:
    //         s = acrobot(s, rule(s, i) - 1.0); i += 1
    //         if i in (1, 5, 30): print(seed, i, s)
    //         if up(s): break
    //     print(seed, i)
    // for goal, power in ((0.5, None), (0.45, 0.0015)):
    //     for seed in (1, 2, 3):
    //         g = Xoshiro(seed); x, v, i, cost = -0.6 + 0.2*g.double(), 0.0, 0, 0.0
    //         while i < (200 if power is None else 999):
    //             a = (0 if i < 60 else 2) if seed == 3 else (2 if v >= 0 else 0)
    //             if power is None: x, v = car(x, v, (a - 1)*0.001)
    //             else: f = f32((a - 1)*(0.8 if seed == 2 else 1.0)); x, v = car(x, v, f*power); cost += 0.1*f*f
    //             i += 1; done = x >= goal and v >= 0
    //             if power is not None: x, v = f32(x), f32(v)
    //             if i in (30, 60): print(goal, seed, i, x, v)
    //             if done: break
    //         print(goal, seed, i, cost)
    [Theory]
    [InlineData(1, 500, new[] { 0.05181057514775167, -0.030991060053781917, 0.09392174997655538, -0.32095446000963895 },
        new[] { -0.015702089664692973, -0.033498464474941, -0.11822899123471894, 0.058708725668364964 },
        new[] { -0.03802758587771718, 0.12488801268038709, -0.05941625024978506, 0.29737717926252805 })]
    [InlineData(2, 74, new[] { -0.09439824250914997, 0.07659680886861475, -0.08106870205555701, 0.257463618633579 },
        new[] { -0.10318337435648892, 0.3802219202168097, 0.11154481021919699, 0.26951039163819335 },
        new[] { -0.8643014490784897, 0.8461381030869681, -1.1707287946076521, 1.9313284821720087 })]
    [InlineData(3, 78, new[] { 0.009962816449360309, 0.0639543245361466, -0.21822340958540715, 0.34056764708553305 },
        new[] { -0.19014916801530188, 0.4599750532551007, -0.050101152200040716, 0.22126297851959498 },
        new[] { -1.0835011470095566, 1.5555994288503412, 0.3282847139409366, 0.8174214648567952 })]
    public void Acrobot_moves_as_the_equations_say(ulong seed, int length, double[] first, double[] fifth, double[] thirtieth)
    {
        using var environment = new Acrobot();
        float[] observation = new float[6];
        environment.Reset(seed, observation);
        for (int i = 0; i < length; i++)
        {
            int action = seed switch { 1 => i % 3, 2 => observation[5] > 0 ? 2 : 0, _ => observation[4] < 0 ? 2 : 0 };
            StepResult result = environment.Step([action], observation);
            bool up = i == length - 1 && length < 500;
            Assert.Equal(new(up ? 0 : -1, Terminated: up, Truncated: i == 499), result);
            if (i == 0) AssertAngles(first, observation);
            if (i == 4) AssertAngles(fifth, observation);
            if (i == 29) AssertAngles(thirtieth, observation);
        }
    }

    [Theory]
    [InlineData(1, 122, -0.3244505329056975, 0.0036774283659402494, -0.754996499193955, -0.029095911726720592)]
    [InlineData(2, 114, -0.21634157024617667, 0.010030654629997048, -0.7338784866854596, -0.040612121906028094)]
    [InlineData(3, 200, -0.83611971878116, -0.010353976176909196, -0.652236010428774, 0.016960879103700272)]
    public void The_mountain_car_moves_as_the_equations_say(ulong seed, int length, double position30, double velocity30, double position60, double velocity60)
    {
        using var environment = new MountainCar();
        (double sum, int steps, bool truncated) = Drive(environment, seed, 1, position30, velocity30, position60, velocity60);
        Assert.Equal((length, -length, length == 200), (steps, (int)sum, truncated));
    }

    [Theory]
    [InlineData(1, 105, 10.5, -0.18680880963802338, 0.008556683547794819, -0.7018223404884338, -0.04937884211540222)]
    [InlineData(2, 108, 6.912, -0.16129212081432343, 0.012186475098133087, -0.694284200668335, -0.048873983323574066)]
    [InlineData(3, 91, 9.1, -0.9773964285850525, -0.016457388177514076, -1.0160824060440063, 0.012940849177539349)]
    public void The_car_with_a_free_force_moves_as_the_equations_say(
        ulong seed, int length, double cost, double position30, double velocity30, double position60, double velocity60)
    {
        using var environment = new MountainCarContinuous();
        (double sum, int steps, bool truncated) = Drive(environment, seed, seed == 2 ? 0.8f : 1, position30, velocity30, position60, velocity60);
        Assert.Equal((length, false), (steps, truncated));
        Assert.Equal(100 - cost, sum, 4);
    }

    [Theory]
    [InlineData("MountainCar", 1)]
    [InlineData("MountainCarContinuous", 0)]
    public void The_wall_on_the_left_stops_a_car_and_who_stays_is_cut(string name, float coast)
    {
        // Swings, but not to the goal, until it is far on the left, then pushes on.
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        float[] observation = new float[2];
        environment.Reset(1, observation);
        float left = coast - 1, right = coast + 1;
        while (observation[0] > -1.2f) environment.Step([observation[1] < 0 || observation[0] is < -0.9f or > -0.1f ? left : right], observation);
        Assert.Equal([-1.2f, 0f], observation);
        Players.Episode idle = Players.Play(environment, 1, _ => coast);
        Assert.True(idle.Truncated && !idle.Terminated);
        Assert.Equal(name == "MountainCar" ? new(-200, 200, false, true) : new(0, 999, false, true), idle);
    }

    // The means of random play come from the same script with uniform starts and actions: Acrobot -499.25 +- 0.12 (6,000 episodes); MountainCar never arrives
    // (20,000 episodes); MountainCarContinuous arrives in 3 of 1,500 episodes, -33.12 +- 0.12 (-33.3 where it never does).
    [Theory]
    [InlineData("Acrobot", -499.25, 400, 0.12)]
    [InlineData("MountainCar", -200, 500, 0)]
    [InlineData("MountainCarContinuous", -33.12, 400, 0.12)]
    public void Random_play_earns_the_known_return_within_three_standard_errors(string name, double expected, int episodes, double expectedError) =>
        RandomReturns.AssertKnown(name, expected, episodes, largestError: 0.02, expectedError);

    [Fact]
    public void A_cart_and_a_pole_are_drawn_where_they_are()
    {
        using var environment = new CartPole();
        float[] observation = new float[4];
        environment.Reset(1, observation);
        byte[] image = new byte[3 * 240 * 100];
        while (!environment.Step([1], observation).Done)
        {
            environment.RenderImage(image);
            double x = 120 + (50 * observation[0]);
            Assert.InRange(Middle(image, 240, row: 80, red: 50), x - 0.6, x + 0.6); // the cart
            Assert.InRange(Middle(image, 240, row: 40, red: 200), x + (36 * Math.Tan(observation[2])) - 1, x + (36 * Math.Tan(observation[2])) + 1); // the pole
        }
    }

    /// <summary>The mean place of the pixels of a row with an amount of red.</summary>
    private static double Middle(byte[] image, int width, int row, byte red) =>
        Enumerable.Range(0, width).Where(x => image[3 * ((row * width) + x)] == red).Average(x => x + 0.5);

    private static (double Return, int Steps, bool Truncated) Drive(
        IEnvironment environment, ulong seed, float force, double position30, double velocity30, double position60, double velocity60)
    {
        float[] observation = new float[2];
        environment.Reset(seed, observation);
        double sum = 0;
        for (int i = 0; ; i++)
        {
            int side = (seed == 3 ? i >= 60 : observation[1] >= 0) ? 1 : -1;
            StepResult result = environment.Step([environment.ActionSpace is DiscreteSpace ? side + 1 : side * force], observation);
            sum += result.Reward;
            if (i == 29) AssertClose([position30, velocity30], observation);
            if (i == 59) AssertClose([position60, velocity60], observation);
            if (result.Done) return (sum, i + 1, result.Truncated);
        }
    }

    private static void AssertAngles(double[] s, float[] observation) =>
        AssertClose([Math.Cos(s[0]), Math.Sin(s[0]), Math.Cos(s[1]), Math.Sin(s[1]), s[2], s[3]], observation);

    private static void AssertClose(double[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6);
    }

    /// <summary>MountainCar and Acrobot terminate only by reaching their goal, Mystery Path and MiniGrid's memory pay only there.</summary>
    [Theory]
    [InlineData("MountainCar", 20)]
    [InlineData("Acrobot", 20)]
    [InlineData("MysteryPathGrid", 300)]
    [InlineData("MiniGridMemoryS7", 300)]
    public void An_episode_succeeds_where_its_goal_is_reached(string name, int episodes)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        ISuccess success = environment.Ability<ISuccess>()!;
        var observation = new float[environment.ObservationSpace.Size];
        var action = new float[environment.ActionSpace.Size];
        var random = new RandomSource(1);
        for (int episode = 0; episode < episodes; episode++)
        {
            environment.Reset((ulong)episode, observation);
            StepResult result;
            do
            {
                environment.ActionSpace.Sample(ref random, action);
                result = environment.Step(action, observation);
            }
            while (!result.Done);
            bool paid = result.Reward > 0 || (name is "MountainCar" or "Acrobot" && result.Terminated);
            Assert.Equal(paid, success.Succeeded);
        }
    }
}
