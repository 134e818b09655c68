module.exports = {
  apps: [
    {
      name: 'classrooom',
      script: 'node_modules/next/dist/bin/next',
      args: 'start',
      cwd: '/home/deploy/classrooom',
      exec_mode: 'fork',
      instances: 1,
      autorestart: true,
      max_restarts: 5,
      min_uptime: '30s',
      error_file: 'logs/pm2-error.log',
      out_file: 'logs/pm2-out.log',
      merge_logs: true,
      time: true,
      env: { NODE_ENV: 'development', PORT: 3000 },
      env_production: { NODE_ENV: 'production', PORT: 3000 },
    },
  ],
}
