# GRPO with OpenRLHF
python -m openrlhf.cli.train_ppo_ray \
  --algo.advantage.estimator group_norm \
  --algo.kl.init_coef 0.25 --algo.kl.estimator k1 \
  --rollout.n_samples_per_prompt 8 --train.batch_size 128
